@NullMarked
package dev.deltadepth.onnx;

import org.jspecify.annotations.NullMarked;
