cimport cython

@cython.locals(stated=dict, size=Py_ssize_t, at=Py_ssize_t, begin=Py_ssize_t, sign=Py_UCS4, name=str, value=str)
cpdef dict stated_in(str raw)
cpdef str unescaped(str value)
cpdef Py_ssize_t behind_space(str raw, Py_ssize_t at) except -1
cpdef Py_ssize_t name_end(str raw, Py_ssize_t at) except -1
cpdef bint is_end_of_name(Py_UCS4 sign) noexcept
cpdef Py_UCS4 sign_at(str source, Py_ssize_t at) except? 0
