cimport cython

cdef Py_ssize_t _OF_LINES, _OF_DUMPS, _AFTER, _BEFORE, _STAMP, _LONG_LINE, _CONTAINED

cdef class _Page:
    cdef object document, labels, candidates
    cdef list stated, outlets, h1s, keys
    cdef frozenset body_words, long_body_words
    cdef dict shares, _stamps
    cdef Py_ssize_t longest
    cdef double best_share

    @cython.locals(key=str, pieces=list)
    cpdef list row(self, candidate)
    @cython.locals(found=list, places=list, share=double, within=bint, given=str, key=str)
    cdef list _against_all(self, candidate)
    @cython.locals(best=double, rest=str)
    cdef double _rest_is_outlet(self, str key) except? -2
    @cython.locals(places=list, above=list, found=list, markups=list, body=Py_ssize_t, index=Py_ssize_t)
    cdef list _places(self, candidate)
    @cython.locals(n=Py_ssize_t, i=Py_ssize_t, scores=list)
    cdef list _around(self, Py_ssize_t index)
    @cython.locals(far=Py_ssize_t)
    cdef double _nearest_stamp(self, Py_ssize_t index, Py_ssize_t step, Py_ssize_t most) except? -2
    @cython.locals(text=str)
    cdef bint _is_stamp(self, Py_ssize_t index) except -1
    @cython.locals(
        key=str, words=frozenset, printed=str, pieces=list, piece=str, other=str, char=Py_UCS4,
        capitals=Py_ssize_t, digits=Py_ssize_t, within=Py_ssize_t, around=Py_ssize_t,
    )
    cdef list _wording(self, candidate)
    cdef str _printed(self, candidate)
    @cython.locals(slug=frozenset, shared=Py_ssize_t)
    cdef tuple _address(self, candidate)

cdef double _overlap(frozenset mine, frozenset theirs)
cdef double _jaccard(frozenset mine, frozenset theirs)
cdef str _compact(str text)
cdef bint _is_outlet(str key, list outlets) except -1
