cimport cython

cdef int _ALL_LEAVES

@cython.locals(
    n=Py_ssize_t, start=Py_ssize_t, feature=Py_ssize_t, i=Py_ssize_t, beside="float[:, ::1]", possible="int[::1]",
)
cdef void _add_leaves(
    const float[:, :] columns, const short[:, ::1] features, const float[:, ::1] thresholds, const int[:, ::1] left,
    const int[:, ::1] leaves, int[::1] grains,
)

@cython.locals(
    tree=Py_ssize_t, i=Py_ssize_t, question=Py_ssize_t, asked=Py_ssize_t, threshold=float, rest=int, yes=int,
    first="unsigned int",
)
cdef void _add_to_eight(
    const float[:, ::1] beside, const short[:, ::1] features, const float[:, ::1] thresholds, const int[:, ::1] left,
    const int[:, ::1] leaves, int[::1] possible, int[::1] grains,
)
