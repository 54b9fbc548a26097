cimport cython

cdef unsigned long long _FACTOR, _ALL_BITS, _CASE
cdef Py_ssize_t _BITS, _STEP

cpdef long long longer_key(unsigned long long key, unsigned long long part) noexcept

@cython.locals(place=Py_ssize_t, key="long long")
cpdef long long text_key(str text, Py_ssize_t start, Py_ssize_t length) noexcept

@cython.locals(place=Py_ssize_t, key="long long")
cpdef long long word_key(str text, Py_ssize_t start, Py_ssize_t length, str small) noexcept

@cython.locals(place=Py_ssize_t, key="long long")
cpdef long long ascii_key(bytes text, Py_ssize_t start, Py_ssize_t length) noexcept

@cython.locals(
    n=Py_ssize_t, i=Py_ssize_t, bits=Py_ssize_t, last=Py_ssize_t, different=Py_ssize_t, slot=Py_ssize_t,
    key="long long", table="Py_ssize_t[::1]",
)
cpdef Py_ssize_t number_keys(long long[::1] keys, Py_ssize_t[::1] numbers) except -1
