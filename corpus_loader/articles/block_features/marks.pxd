cimport cython
from corpus_loader.articles.block_features.characters cimport Characters
from corpus_loader.articles.block_features.keys cimport text_key
from corpus_loader.articles.block_features.neighbours cimport fill_distances

cdef Py_ssize_t _MASS, _COPIED, _CLOCKS, _CLOCK, _OPENING, _ENDING, _EDGE
cdef int _COPIES, _ALIKE, _SHORT, _LONG, _FAR, _WINDOW

@cython.locals(first=Py_ssize_t, logarithms="const double[::1]")
cpdef void fill_marks(Characters characters, const float[:, :] rows_of_text, float[:, :] rows, Py_ssize_t row)

@cython.locals(i=Py_ssize_t, mass=double, copied=bint)
cdef void _mark_known(const float[:, :] rows_of_text, float[:, :] rows, Py_ssize_t row)

@cython.locals(text=str, starts="const Py_ssize_t[::1]", ends="const Py_ssize_t[::1]", i=Py_ssize_t)
cdef void _fill_keys(Characters characters, long long[:, ::1] keys)

@cython.locals(
    n=Py_ssize_t, edge=Py_ssize_t, mark=Py_ssize_t, begin=Py_ssize_t, end=Py_ssize_t, key="long long",
    i=Py_ssize_t, line=Py_ssize_t,
)
cdef void _mark_alike(
    const long long[:, ::1] keys, const Py_ssize_t[:, ::1] order, const float[:, :] rows_of_text,
    float[:, :] rows, Py_ssize_t row,
)

@cython.locals(
    n=Py_ssize_t, i=Py_ssize_t, before=Py_ssize_t, after=Py_ssize_t, near=Py_ssize_t, marked=bint
)
cdef void _fill_numbers(const double[::1] logarithms, float[:, :] rows, Py_ssize_t first)
