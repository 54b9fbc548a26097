cimport cython

from corpus_loader.articles.block_features.elements cimport Elements

cdef Py_ssize_t _LEVELS, _BLOCKS, _EACH

@cython.locals(n=Py_ssize_t, levels="Py_ssize_t[:, ::1]", i=Py_ssize_t, k=Py_ssize_t, here=Py_ssize_t)
cpdef Py_ssize_t[:, ::1] container_levels(Elements elements)

@cython.locals(
    whole_prose=double, whole_mass=double, k=Py_ssize_t, at=Py_ssize_t, i=Py_ssize_t, here=Py_ssize_t,
)
cpdef int fill_containers(
    Elements elements, const Py_ssize_t[:, ::1] levels, const double[::1] prose, const double[::1] mass,
    const double[::1] links, float[:, :] rows, Py_ssize_t row
) except -1

@cython.locals(
    score="double[::1]", best=Py_ssize_t, shared="Py_ssize_t[::1]", top=double, share=double, depth=Py_ssize_t,
    start=Py_ssize_t, end=Py_ssize_t, length=double, i=Py_ssize_t, own=Py_ssize_t, climbs=Py_ssize_t,
)
cpdef int fill_best(
    Elements elements, const Py_ssize_t[:, ::1] levels, const double[::1] prose, const double[::1] held,
    float[:, :] rows, Py_ssize_t row
) except -1

@cython.locals(found="double[::1]", k=Py_ssize_t, share=double, i=Py_ssize_t)
cdef double[::1] _scores(Elements elements, const Py_ssize_t[:, ::1] levels, const double[::1] prose)

@cython.locals(best=Py_ssize_t, i=Py_ssize_t)
cdef Py_ssize_t _first_greatest(const double[::1] values) noexcept

@cython.locals(found="Py_ssize_t[::1]", around=Py_ssize_t, element=Py_ssize_t)
cdef Py_ssize_t[::1] _shared_depths(Elements elements, Py_ssize_t best)

@cython.locals(start=Py_ssize_t, end=Py_ssize_t, i=Py_ssize_t)
cdef (Py_ssize_t, Py_ssize_t) _span(Elements elements, const Py_ssize_t[::1] shared, Py_ssize_t depth) noexcept
