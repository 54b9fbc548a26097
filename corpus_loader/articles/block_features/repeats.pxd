cimport cython

cdef int _COPIES, _BEFORE

@cython.locals(
    places=dict, firsts="Py_ssize_t[::1]", copies="Py_ssize_t[::1]", first=Py_ssize_t, i=Py_ssize_t
)
cpdef void fill_repeats(object texts, float[:, :] rows, Py_ssize_t row)
