cimport cython

cdef Py_ssize_t _NEAR, _OFTEN, _SHORT
cdef Py_ssize_t _MASS, _SIZE, _STOPPED, _COPIES

@cython.locals(
    n=Py_ssize_t, i=Py_ssize_t, k=Py_ssize_t, passed=Py_ssize_t, lone=Py_ssize_t, share=double,
    places="Py_ssize_t[::1]",
)
cpdef void fill_lone(const double[:] first, const float[:, :] text, float[:, :] rows, Py_ssize_t row)

@cython.locals(i=Py_ssize_t, count=Py_ssize_t)
cdef Py_ssize_t _find_lone(const float[:, :] text, Py_ssize_t[::1] places) except -1

cdef void _fill_values(
    const double[:] first, const float[:, :] text, Py_ssize_t place, float[:, :] rows, Py_ssize_t row, Py_ssize_t i,
) noexcept
