/** Smaller variants of ONNX models, and the gate that checks their quality. */
@NullMarked
package dev.deltadepth.quantize;

import org.jspecify.annotations.NullMarked;
