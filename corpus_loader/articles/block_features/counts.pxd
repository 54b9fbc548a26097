cimport cython
from corpus_loader.articles.block_features.characters cimport Characters

cdef int _KINDS, _COUNTS
cdef int _INITIAL, _SENTENCE, _CLOCK, _AT, _BAR, _HASH, _COPYRIGHT
cdef int _LATIN, _CAPITAL, _SPACELESS, _DIGIT, _SPACE, _STOP, _COLON, _QUOTE, _BRACKET, _SYMBOL

cpdef object count_characters(Characters characters)

@cython.locals(
    text=str, kinds="const unsigned char[::1]", starts="const Py_ssize_t[::1]", ends="const Py_ssize_t[::1]",
    line=Py_ssize_t,
)
cdef void _count(Characters characters, int[:, ::1] counts)

@cython.locals(before=int, kind=int, after=Py_ssize_t)
cdef void _count_line(
    str text, const unsigned char[::1] kinds, Py_ssize_t start, Py_ssize_t end, int[::1] counts
)

cdef bint _follows_sentence(int kind)

@cython.locals(place=Py_ssize_t, character=Py_UCS4)
cdef void _count_symbols(str text, Py_ssize_t start, Py_ssize_t end, int[::1] counts)
