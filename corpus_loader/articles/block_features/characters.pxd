cimport cython

@cython.final
cdef class Characters:
    cdef readonly str text
    cdef readonly unsigned char[::1] kinds
    cdef readonly Py_ssize_t[::1] starts
    cdef readonly Py_ssize_t[::1] ends

@cython.locals(kinds="unsigned char[::1]", place=Py_ssize_t, character=Py_UCS4)
cdef unsigned char[::1] _kinds(str text, const unsigned char[::1] class_of)

@cython.locals(line=Py_ssize_t, place=Py_ssize_t, text=str)
cdef void _divide(object texts, Py_ssize_t[::1] starts, Py_ssize_t[::1] ends)
