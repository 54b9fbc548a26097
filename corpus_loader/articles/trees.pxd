cimport cython

cdef Py_ssize_t _CHUNK

@cython.locals(
    n=Py_ssize_t, levels=Py_ssize_t, start=Py_ssize_t, together=Py_ssize_t, tree=Py_ssize_t, level=Py_ssize_t, i=Py_ssize_t,
    feature=Py_ssize_t, threshold=float, next_feature=Py_ssize_t, next_threshold=float, is_greater=int,
    numbers="int[::1]",
)
cdef void _add_leaves(
    const float[:, ::1] columns, const short[:, :] features, const float[:, :] thresholds, const int[:, ::1] leaves,
    int[::1] grains,
)
