cimport cython

from corpus_loader.articles.block_features.body_gaps cimport fill_body_gaps
from corpus_loader.articles.block_features.lone cimport fill_lone
from corpus_loader.articles.block_features.neighbours cimport fill_neighbours
from corpus_loader.articles.block_features.passages cimport fill_passages
from corpus_loader.articles.block_features.runs cimport fill_run

cdef Py_ssize_t _REACH, _FAR
cdef double _NOTHING
cdef Py_ssize_t _AROUND, _FLOW, _RUNS, _PASSAGES, _GAPS, _WINDOW, _LONE, _MASS

@cython.locals(
    n=Py_ssize_t, i=Py_ssize_t, total=double, amounts="double[:, ::1]", sure="double[::1]", mass="double[::1]",
    weight="double[::1]", body="double[::1]", gains="double[::1]",
)
cpdef void fill_second(const float[:] first, const float[:, :] text, float[:, :] rows, Py_ssize_t row)

@cython.locals(n=Py_ssize_t, i=Py_ssize_t, page_body=double, page_sure=double, here=double)
cdef void _fill_page(const double[::1] sure, const double[::1] body, double total, float[:, :] rows, Py_ssize_t row)

@cython.locals(last=Py_ssize_t, decay=double)
cdef void _fill_flow(const double[::1] body, const double[::1] weight, float[:, :] rows, Py_ssize_t row)

@cython.locals(passed=Py_ssize_t, gone=double, held=double, whole=double)
cdef void _fill_side(
    const double[::1] body, const double[::1] weight, double decay, Py_ssize_t i, Py_ssize_t step,
    float[:, :] rows, Py_ssize_t row,
)

@cython.locals(n=Py_ssize_t, i=Py_ssize_t, surest=double, reach=Py_ssize_t)
cdef void _fill_windows(const double[::1] sure, float[:, :] rows, Py_ssize_t row)

@cython.locals(n=Py_ssize_t, i=Py_ssize_t, around=double)
cdef void _fill_window(const double[::1] sure, Py_ssize_t reach, float[:, :] rows, Py_ssize_t row)
