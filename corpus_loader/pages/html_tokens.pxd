cimport cython

from corpus_loader.pages cimport html_attributes, html_tags

cdef Py_ssize_t _LONGEST
cdef dict _PLAIN
cdef html_tags.Tag _EMPTY

cdef class Tags:
    cdef str _source
    cdef readonly Py_ssize_t text, start, end
    cdef readonly html_tags.Tag tag
    cdef readonly str raw
    cdef public bint in_svg
    cdef dict _known

    @cython.locals(source=str, start=Py_ssize_t)
    cpdef bint advance(self) except -1
    @cython.locals(source=str, sign=Py_UCS4, is_comment=bint)
    cdef bint _read(self, Py_ssize_t start) except -1
    @cython.locals(source=str, tag=html_tags.Tag)
    cdef int _read_named(self, Py_ssize_t start) except -1
    @cython.locals(source=str, closes=bint, name=str, behind=Py_ssize_t, end=Py_ssize_t, tag=html_tags.Tag)
    cdef html_tags.Tag _read_unknown(self, Py_ssize_t start)
    cdef int _swallow(self, html_tags.Tag tag) except -1

@cython.locals(tag=html_tags.Tag)
cdef html_tags.Tag _start_tag_named(str name)

@cython.locals(found=Py_ssize_t)
cdef Py_ssize_t _behind(str source, Py_ssize_t at) except -1
cdef bint _is_letter(Py_UCS4 sign) noexcept
@cython.locals(sign=Py_UCS4)
cdef Py_ssize_t _comment_end(str source, Py_ssize_t at) except -1
@cython.locals(commented=bint, written=bint, seen=Py_ssize_t, sign=Py_UCS4)
cdef Py_ssize_t _content_end(str source, str name, Py_ssize_t at) except -1
@cython.locals(end=Py_ssize_t)
cdef bint _is_named(str source, str name, Py_ssize_t at) except -1
