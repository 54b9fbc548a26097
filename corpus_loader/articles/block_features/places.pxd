cimport cython

cdef int _PROSE, _MASS, _LATIN, _CAPITALS, _WORD_LENGTH
cdef double _LEAST
cdef Py_ssize_t _REACH

@cython.locals(
    n=Py_ssize_t, i=Py_ssize_t, prose=double, weights=double, longest=double, latin=double, capitals=double,
    word_length=double, weight=double, page_prose=double, logarithms="const double[::1]", before=double, here=double,
)
cpdef void fill_places(float[:, :] rows, Py_ssize_t row)

@cython.locals(decay=double)
cpdef void fill_around(const double[:] amounts, float[:, :] rows, Py_ssize_t row)

@cython.locals(n=Py_ssize_t, i=Py_ssize_t, gone=double, behind=double, ahead=double)
cdef void _fill_faded(const double[:] amounts, double decay, float[:, :] rows, Py_ssize_t row)
