cimport cython

cdef Py_ssize_t _FAR

@cython.locals(last=Py_ssize_t, level=double)
cpdef void fill_body_gaps(const double[:] first, const double[:] mass, float[:, :] rows, Py_ssize_t row)

@cython.locals(since=Py_ssize_t, count=Py_ssize_t, other=double)
cdef void _fill_side(
    const double[:] first, const double[:] mass, double level, Py_ssize_t i, Py_ssize_t step,
    float[:, :] rows, Py_ssize_t row,
)
