cimport cython

from corpus_loader.articles.block_features.containers cimport container_levels, fill_best, fill_containers
from corpus_loader.articles.block_features.elements cimport Elements, fill_tags
from corpus_loader.articles.block_features.looks cimport fill_alike, looks
from corpus_loader.articles.block_features.stated cimport fill_stated
from corpus_loader.articles.block_features.tokens cimport block_tokens, fill_tokens
from corpus_loader.articles.block_features.word_scores cimport WordScores

cdef Py_ssize_t _CONTAINERS, _PROSE, _MASS

@cython.final
cdef class PageMarkup:
    cdef object _document
    cdef Elements _elements
    cdef Py_ssize_t[:, ::1] _levels
    cdef Py_ssize_t[::1] _looks

    @cython.locals(
        elements=Elements, levels="Py_ssize_t[:, ::1]", n=Py_ssize_t, prose="double[::1]", mass="double[::1]",
        links="double[::1]", held="double[::1]", i=Py_ssize_t, share=double,
    )
    cpdef int fill_markup(self, float[:, :] rows, Py_ssize_t row) except -1

    cpdef int fill_tokens(self, WordScores scores, float[:, :] rows, Py_ssize_t row) except -1

    cpdef list tokens(self)

    @cython.locals(mass="double[::1]", k=Py_ssize_t)
    cpdef int fill_second(self, const double[::1] first, float[:, :] rows, Py_ssize_t row) except -1

@cython.locals(whole=double, body="double[::1]", held="double[::1]", i=Py_ssize_t)
cdef int _fill_sure(
    const Py_ssize_t[:] group, Py_ssize_t groups, const double[::1] first, const double[::1] mass,
    float[:, :] rows, Py_ssize_t row
) except -1
