cimport cython

@cython.locals(found=list, state=Py_ssize_t, feature=Py_ssize_t, byte="unsigned char")
cdef list _features(bytes points, const unsigned int[::1] moves, const unsigned int[::1] rows, const int[::1] features)
