cimport cython

cdef Py_ssize_t _SHORTEST_BODY, _END, _SHORTEST_BLOCK, _MARKED, _BITS, _MOST_MARKS, _MOST_READ
cdef unsigned long long _MASK, _FACTOR

@cython.final
cdef class Passages:
    cdef str _text
    cdef int _shift
    cdef Py_ssize_t _unread
    cdef unsigned char[::1] _marks

    @cython.locals(key="unsigned long long", i=Py_ssize_t, letter=Py_UCS4)
    cdef int _mark(self, str text) except -1

    cpdef bint holds(self, str passage)

    @cython.locals(key="unsigned long long", i=Py_ssize_t, letter=Py_UCS4)
    cdef bint _may_hold(self, str passage)

@cython.locals(i=Py_ssize_t)
cpdef int fill_stated(object document, float[:, :] rows, Py_ssize_t row) except -1

@cython.locals(i=Py_ssize_t, text=str)
cdef int _fill_held(Passages body, object texts, float[:, :] rows, Py_ssize_t row) except -1
