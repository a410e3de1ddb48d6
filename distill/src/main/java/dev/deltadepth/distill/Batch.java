package dev.deltadepth.distill;

import java.util.List;

/**
 * Pictures and what the teacher says of them.
 *
 * @param index of the batch in the run
 * @param count pictures, N
 * @param height rows, H
 * @param width columns, W
 * @param rgb [N, 3, H, W] for the student, in [0, 1]
 * @param disparity [N, 1, H, W] of the teacher, each picture's range stretched to [0, 1]
 * @param features the teacher's intermediate maps of the batch
 */
record Batch(
    long index,
    int count,
    int height,
    int width,
    float[] rgb,
    float[] disparity,
    List<Teacher.Map> features) {}
