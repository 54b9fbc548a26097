cimport cython

cdef int _OTHER, _SPACE

@cython.final
cdef class PhraseMatcher:
    cdef const short[::1] _kinds
    cdef const int[:, ::1] _steps
    cdef const int[::1] _lengths

    @cython.locals(state=int, before=int, kind=int, place=Py_ssize_t, code=Py_ssize_t)
    cpdef Py_ssize_t find(self, str text) except -2

    @cython.locals(is_space=bint)
    cdef Py_ssize_t _start(self, str text, Py_ssize_t place, Py_ssize_t length) except -1

@cython.locals(
    shorter="int[::1]", order="int[::1]", known=Py_ssize_t, place=Py_ssize_t, at=Py_ssize_t, kind=Py_ssize_t, longer=int
)
cdef void _complete(int[:, ::1] steps, int[::1] lengths)
