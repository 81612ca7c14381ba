#pragma once
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_version.h>

// The library's version, read from the shared object that is loaded.
static inline const char *kc_gsl_version(void) { return gsl_version; }
