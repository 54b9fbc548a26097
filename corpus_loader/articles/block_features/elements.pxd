cimport cython

cdef Py_ssize_t _GROUPS, _PARAGRAPH, _CONTAINER
cdef dict _TAG_BITS

@cython.final
cdef class Elements:
    cdef readonly Py_ssize_t n
    cdef readonly list starts
    cdef readonly Py_ssize_t[::1] own, parents, depth, start, bits, inside, container
    cdef readonly double[::1] link_share, blocks

    @cython.locals(i=Py_ssize_t)
    cdef object _read_blocks(self, object blocks)

    @cython.locals(i=Py_ssize_t)
    cdef int _check_own(self) except -1

    @cython.locals(element=Py_ssize_t, around=Py_ssize_t)
    cdef int _read_parents(self, object parents) except -1

    @cython.locals(element=Py_ssize_t, around=Py_ssize_t, bits=Py_ssize_t)
    cdef int _hand_down(self, object names) except -1

    @cython.locals(numbers=dict, element=Py_ssize_t)
    cdef int _number(self, object starts) except -1

    @cython.locals(found="double[::1]", i=Py_ssize_t, element=Py_ssize_t)
    cpdef double[::1] held(self, const double[::1] amounts)

    cpdef bint is_paragraph(self, Py_ssize_t element)

@cython.locals(
    i=Py_ssize_t, own=Py_ssize_t, depth=Py_ssize_t, before=Py_ssize_t, inside=Py_ssize_t, bits=Py_ssize_t,
    group=Py_ssize_t,
)
cpdef void fill_tags(Elements elements, float[:, :] rows, Py_ssize_t row)
