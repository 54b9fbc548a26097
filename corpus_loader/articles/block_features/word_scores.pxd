cimport cython

from corpus_loader.articles.block_features.keys cimport word_key

cdef long long _NO_KEY
cdef Py_ssize_t _KEY_BITS

@cython.final
cdef class WordScores:
    cdef readonly object scores
    cdef Py_ssize_t _bits
    cdef long long[::1] _keys
    cdef float[::1] _values

    cpdef float look_up(self, long long key) noexcept

    @cython.locals(slot=Py_ssize_t)
    cdef Py_ssize_t _slot(self, long long key) noexcept
