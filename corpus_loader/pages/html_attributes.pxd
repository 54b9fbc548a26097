cimport cython

cdef class Attributes:
    cdef str _source
    cdef readonly Py_ssize_t name, name_end, value, value_end, end

    @cython.locals(source=str, at=Py_ssize_t, size=Py_ssize_t)
    cpdef bint advance(self) except -1
    @cython.locals(source=str, size=Py_ssize_t, quote=Py_UCS4)
    cdef int _read_value(self, Py_ssize_t at) except -1

@cython.locals(stated=dict, walk=Attributes)
cpdef dict stated_in(str raw)
cpdef str unescaped(str value)
@cython.locals(walk=Attributes)
cpdef Py_ssize_t tag_end(str source, Py_ssize_t at) except -1
cpdef Py_ssize_t name_end(str raw, Py_ssize_t at) except -1
cpdef bint is_end_of_name(Py_UCS4 sign) noexcept
cdef bint _is_space(Py_UCS4 sign) noexcept
cpdef Py_UCS4 sign_at(str source, Py_ssize_t at) except? 0
cdef Py_ssize_t _behind_space(str raw, Py_ssize_t at) except -1
