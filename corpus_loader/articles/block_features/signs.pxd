cimport cython
from corpus_loader.articles.block_features.characters cimport Characters

cdef int _AT, _BAR, _HASH, _COPYRIGHT, _CLOCK, _MOST

@cython.locals(
    text=str, starts="const Py_ssize_t[::1]", ends="const Py_ssize_t[::1]", line=Py_ssize_t
)
cpdef void fill_signs(Characters characters, const int[:, ::1] counts, float[:, :] rows, Py_ssize_t row)

cdef bint _cut_off(str text, Py_ssize_t start, Py_ssize_t end)

cdef bint _asks(Py_UCS4 character)
