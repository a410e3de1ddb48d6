package dev.deltadepth.datasets;

/**
 * Where pictures come from, for reports with figures on them.
 *
 * @param licence the conditions of use; may be empty
 * @param citation the paper to cite; may be empty
 */
public record Origin(String licence, String citation) {}
