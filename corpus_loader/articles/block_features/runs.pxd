cimport cython

cdef Py_ssize_t _FAR

@cython.locals(
    n=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, i=Py_ssize_t, length=Py_ssize_t,
    inside=bint, whole=double, held=double, share=double,
)
cpdef void fill_run(const double[:] gains, const double[:] mass, float[:, :] rows, Py_ssize_t row)

@cython.locals(
    begin=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, i=Py_ssize_t, so_far=double, lowest=double, best=double,
)
cdef (Py_ssize_t, Py_ssize_t) _greatest(const double[:] gains)
