cimport cython

from corpus_loader.articles.block_features.characters cimport Characters
from corpus_loader.articles.block_features.keys cimport number_keys, word_key
from corpus_loader.articles.block_features.word_scores cimport WordScores

cdef Py_ssize_t _SHORTEST, _LONGEST, _READ, _AROUND
cdef double _DECAY, _UNKNOWN
cdef unsigned char _LAST_LETTER

@cython.locals(
    kinds="const unsigned char[::1]", line_starts="const Py_ssize_t[::1]", line_ends="const Py_ssize_t[::1]",
    count=Py_ssize_t, line=Py_ssize_t, start=Py_ssize_t, stop=Py_ssize_t, length=Py_ssize_t, place=Py_ssize_t,
)
cdef Py_ssize_t _find_words(Characters characters, Py_ssize_t[:, ::1] spans, Py_ssize_t[::1] ends) except -1

@cython.locals(small=str, i=Py_ssize_t)
cdef void _write_keys(str text, const Py_ssize_t[:, ::1] spans, long long[::1] keys)

@cython.locals(number=Py_ssize_t)
cdef void _look_up(const long long[::1] keys, WordScores scores, double[::1] found)

@cython.locals(
    numbers="const Py_ssize_t[::1]", ends="const Py_ssize_t[::1]", n=Py_ssize_t, line=Py_ssize_t, place=Py_ssize_t,
    begin=Py_ssize_t, known=Py_ssize_t, page_known=Py_ssize_t, score=double, total=double, low=double, high=double,
)
cdef void _fill_lines(
    object words, const double[::1] looked_up, double[::1] means, double[::1] lows, float[:, :] rows, Py_ssize_t row,
)

@cython.locals(
    n=Py_ssize_t, i=Py_ssize_t, k=Py_ssize_t, behind=double, ahead=double, around=double, share=double,
)
cdef void _fill_around(const double[::1] means, const double[::1] lows, float[:, :] rows, Py_ssize_t row)
