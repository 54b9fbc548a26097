cimport cython

@cython.locals(offset=Py_ssize_t, source=Py_ssize_t)
cpdef void fill_neighbours(float[:, :] rows, tuple sources, Py_ssize_t reach, Py_ssize_t row, double beyond=*)

@cython.locals(n=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t, i=Py_ssize_t)
cdef void _fill_moved(float[:, :] rows, Py_ssize_t source, Py_ssize_t offset, Py_ssize_t row, double beyond)

@cython.locals(n=Py_ssize_t, i=Py_ssize_t, since=Py_ssize_t, until=Py_ssize_t)
cpdef void fill_distances(float[:, :] rows, Py_ssize_t source, double least, Py_ssize_t far, Py_ssize_t row)
