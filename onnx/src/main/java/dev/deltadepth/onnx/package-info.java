/** Export of networks as ONNX models. */
@NullMarked
package dev.deltadepth.onnx;

import org.jspecify.annotations.NullMarked;
