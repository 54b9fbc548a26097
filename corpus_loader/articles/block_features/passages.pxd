cimport cython

cdef double _LIKELY
cdef Py_ssize_t _GAP, _FAR, _FARTHEST

@cython.locals(i=Py_ssize_t, k=Py_ssize_t)
cpdef void fill_passages(const double[:] first, const double[:] body, double total, float[:, :] rows, Py_ssize_t row)

@cython.locals(i=Py_ssize_t, begin=Py_ssize_t, last=Py_ssize_t, held=double)
cdef list _passages(const double[:] first, const double[:] body)

@cython.locals(
    n=Py_ssize_t, i=Py_ssize_t, before=Py_ssize_t, after=Py_ssize_t, before_in=Py_ssize_t, after_in=Py_ssize_t,
    told=Py_ssize_t, own=Py_ssize_t, nearest=Py_ssize_t, rank=Py_ssize_t, share=double, is_later=bint,
)
cdef void _fill_nearest(const double[:] first, list passages, double total, float[:, :] rows, Py_ssize_t row)

@cython.locals(place=Py_ssize_t)
cdef Py_ssize_t _next_likely(const double[:] first, Py_ssize_t start) noexcept

@cython.locals(i=Py_ssize_t, begin=Py_ssize_t, last=Py_ssize_t)
cdef void _fill_greatest(tuple greatest, Py_ssize_t passages, float[:, :] rows, Py_ssize_t row)
