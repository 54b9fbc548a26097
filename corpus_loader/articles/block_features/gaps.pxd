cimport cython

from corpus_loader.articles.block_features.neighbours cimport fill_distances

cdef Py_ssize_t _PROSE, _FAR, _NEAR, _WIDE
cdef double _FULL

cpdef void fill_gaps(float[:, :] rows, Py_ssize_t row)

@cython.locals(n=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, full=Py_ssize_t, i=Py_ssize_t)
cdef void _fill_share(float[:, :] rows, Py_ssize_t row, Py_ssize_t reach) noexcept
