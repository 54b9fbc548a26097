cimport cython

cdef int _SHORTEST, _TIMES, _FAR, _NOWHERE
cdef Py_ssize_t _MOST_READ

@cython.locals(headlines=tuple, first=Py_ssize_t)
cpdef void fill_headline(object document, Py_ssize_t run, float[:, :] rows, Py_ssize_t row)

@cython.locals(together=str, text=str, i=Py_ssize_t)
cdef void _fill_like(object texts, tuple headlines, Py_ssize_t first, float[:, :] rows, Py_ssize_t row)

@cython.locals(size=Py_ssize_t, found=bint, headline=str)
cdef bint _holds(str text, tuple headlines)

@cython.locals(best=Py_ssize_t, longest=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t)
cdef Py_ssize_t _headline(object texts, Py_ssize_t run, float[:, :] rows, Py_ssize_t row)

@cython.locals(i=Py_ssize_t)
cdef void _fill_distance(Py_ssize_t place, float[:, :] rows, Py_ssize_t row)
