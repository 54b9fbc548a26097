cimport cython

cdef bytes _ALONE

cdef bint _is_alone(Py_UCS4 char) noexcept

@cython.locals(words=list, begin=Py_ssize_t, place=Py_ssize_t, char=Py_UCS4, alone=bint)
cpdef list words_of(str text)
