package dev.deltadepth.datasets;

/**
 * Where pictures come from, for the reports that quote figures on them.
 *
 * @param licence under which conditions they may be used
 * @param citation the paper to cite; empty where there is none
 */
public record Origin(String licence, String citation) {}
