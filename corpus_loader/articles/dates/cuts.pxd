cimport cython

cdef object _MARK
cdef Py_ssize_t _YEAR, _YEAR_AND_HOUR
cdef unsigned int _HASH

@cython.locals(spans=list, place=Py_ssize_t, end=Py_ssize_t)
cpdef list spans_of(str text, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t most=*)

@cython.locals(tags=list, starts=list, place=Py_ssize_t, stop=Py_ssize_t, end=Py_ssize_t)
cpdef tuple tags_of(str text, bint is_fine, object classes, const unsigned char[::1] likely)

@cython.locals(number="unsigned int", letter="unsigned int", place=Py_ssize_t)
cdef bint _may_be(str text, Py_ssize_t start, Py_ssize_t end, const unsigned char[::1] likely) noexcept

@cython.locals(end=Py_ssize_t)
cdef Py_ssize_t _coarse_end(str text, Py_ssize_t place, Py_ssize_t stop) noexcept

@cython.locals(end=Py_ssize_t, letter=Py_UCS4)
cdef Py_ssize_t _fine_end(str text, Py_ssize_t place, Py_ssize_t stop) except -1
