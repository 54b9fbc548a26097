cimport cython
from corpus_loader.articles.block_features.characters cimport Characters

cdef int _LETTER, _LATIN, _CAPITAL, _SPACELESS, _DIGIT, _SPACE, _STOP, _COMMA, _COLON, _QUOTE, _BRACKET, _DASH
cdef int _SYMBOL, _MARK, _INITIAL, _SENTENCE
cdef double _SPACELESS_LETTERS, _SPACELESS_WORDS, _UNENDED

@cython.locals(
    kinds="const unsigned char[::1]", starts="const Py_ssize_t[::1]", ends="const Py_ssize_t[::1]", line=Py_ssize_t
)
cpdef void fill_lines(Characters characters, const int[:, ::1] counts, float[:, :] rows, Py_ssize_t row)

@cython.locals(
    length=Py_ssize_t, latin=int, spaceless=int, size=double, words=double, last=int, stopped=bint, sentences=int,
    kind=int,
)
cdef void _fill_line(
    const unsigned char[::1] kinds, Py_ssize_t start, Py_ssize_t end, const int[:, ::1] counts, Py_ssize_t line,
    float[:, :] rows, Py_ssize_t row,
)

@cython.locals(last=int)
cdef int _last(const unsigned char[::1] kinds, Py_ssize_t start, Py_ssize_t end)
