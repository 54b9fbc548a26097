cimport cython

from corpus_loader.articles.block_features.elements cimport Elements
from corpus_loader.articles.block_features.keys cimport ascii_key
from corpus_loader.articles.block_features.word_scores cimport WordScores

cdef Py_ssize_t _REACH, _NEAREST
cdef tuple _QUOTED_NAMES, _BARE_NAMES
cdef unsigned char _QUOTE, _APOSTROPHE, _EQUALS, _SPACE, _TAG_END, _SMALL_A, _SMALL_Z, _CAPITAL_A, _CAPITAL_Z
cdef Py_ssize_t _SMALL, _CAPITALS
cdef double _UNKNOWN

@cython.locals(text=bytes, tag=Py_ssize_t, start=str, begin=Py_ssize_t, end=Py_ssize_t)
cpdef int read_starts(list starts, WordScores scores, double[::1] low, double[::1] high) except -1

@cython.locals(
    low=double, high=double, score=double, quoted=bint, value=Py_ssize_t, after=Py_ssize_t, first=Py_ssize_t,
    last=Py_ssize_t,
)
cdef (double, double) _said(bytes text, Py_ssize_t begin, Py_ssize_t end, WordScores scores) noexcept

@cython.locals(
    low="double[::1]", high="double[::1]", i=Py_ssize_t, element=Py_ssize_t,
    tags=Py_ssize_t, tag=Py_ssize_t,
    lowest=double, highest=double, total=double, step=Py_ssize_t,
)
cpdef int fill_tokens(Elements elements, WordScores scores, float[:, :] rows, Py_ssize_t row) except -1

@cython.locals(i=Py_ssize_t, element=Py_ssize_t, tokens=list)
cpdef list block_tokens(Elements elements)

@cython.locals(
    text=bytes, end=Py_ssize_t, quoted=bint, value=Py_ssize_t, after=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t,
)
cpdef set tag_tokens(str start)

cdef bytes _ascii(str text)

@cython.locals(place=Py_ssize_t)
cdef bint _is_quoted(bytes text, Py_ssize_t begin, Py_ssize_t end) noexcept

@cython.locals(names=tuple, i=Py_ssize_t, value=Py_ssize_t, after=Py_ssize_t)
cdef (Py_ssize_t, Py_ssize_t) _next_value(bytes text, Py_ssize_t place, Py_ssize_t end, bint quoted) noexcept

@cython.locals(quote="unsigned char", i=Py_ssize_t, after=Py_ssize_t)
cdef (Py_ssize_t, Py_ssize_t) _value(bytes text, Py_ssize_t place, Py_ssize_t end, bint quoted) noexcept

@cython.locals(capitals=Py_ssize_t, small=Py_ssize_t, i=Py_ssize_t, letter="unsigned char")
cdef (Py_ssize_t, Py_ssize_t) _next_word(bytes text, Py_ssize_t place, Py_ssize_t end) noexcept
