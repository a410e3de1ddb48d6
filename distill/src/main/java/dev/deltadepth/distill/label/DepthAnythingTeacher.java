package dev.deltadepth.distill.label;

import dev.deltadepth.core.Normalization;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.nn.DepthAnythingV2;
import dev.deltadepth.nn.ImageNet;
import dev.deltadepth.nn.weights.DepthAnythingWeights;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Depth Anything V2 as a teacher, computed by libtorch from its published weights. Its disparity is
 * stretched to [0, 1] per image; its features are the normalised patch tokens of four blocks, one
 * vector per patch of 14x14 pixels.
 */
public final class DepthAnythingTeacher implements Teacher {

  private final DepthAnythingV2 network;
  private final TorchWeights weights;
  private final int size;
  private final String contentHash;

  private DepthAnythingTeacher(
      DepthAnythingV2 network, TorchWeights weights, int size, String contentHash) {
    this.network = network;
    this.weights = weights;
    this.size = size;
    this.contentHash = contentHash;
  }

  /**
   * Opens published weights.
   *
   * @param file from the official repository (.pth) or from Hugging Face (.safetensors)
   * @param encoder {@code vits}, {@code vitb} or {@code vitl}
   * @param size shorter side of its input in pixels, a multiple of 14; the weights were trained for
   *     {@link DepthAnythingV2#NATIVE_SIZE}
   * @throws DistillException if the size is invalid, or the weights belong to another encoder
   * @throws dev.deltadepth.nn.NetworkException if the file is not one of these weights
   */
  public static DepthAnythingTeacher open(Path file, String encoder, int size) {
    if (size < DepthAnythingV2.PATCH || size % DepthAnythingV2.PATCH != 0) {
      throw new DistillException(
          "the input size of Depth Anything V2 must be a multiple of "
              + DepthAnythingV2.PATCH
              + ", not "
              + size);
    }
    DepthAnythingV2 network = DepthAnythingV2.named(encoder);
    DepthAnythingWeights read = DepthAnythingWeights.read(file);
    if (!read.network().encoder().equals(network.encoder())) {
      throw new DistillException(
          file
              + " contains weights for "
              + read.network().encoder()
              + ", not "
              + network.encoder()
              + "; give another file or set the encoder to "
              + read.network().encoder());
    }
    return new DepthAnythingTeacher(
        network, new TorchWeights(network.parameters(), read.weights()), size, Sha256.of(file));
  }

  @Override
  public String name() {
    return network.name();
  }

  @Override
  public String contentHash() {
    return contentHash;
  }

  @Override
  public int multiple() {
    return DepthAnythingV2.PATCH;
  }

  @Override
  public int nativeSize() {
    return size;
  }

  @Override
  public List<Feature> features() {
    return Collections.nCopies(
        network.layers().size(), new Feature(DepthAnythingV2.PATCH, network.width()));
  }

  /** Labels one image at a time, to limit the memory that attention needs. */
  @Override
  public Labels label(float[] rgb, int batch, int height, int width) {
    if (height % multiple() != 0 || width % multiple() != 0) {
      throw new DistillException(
          name() + " needs input sides that are multiples of 14, not " + width + "x" + height);
    }
    int pixels = height * width;
    float[] disparity = new float[batch * pixels];
    List<Planes> features = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        Tensor image = Tensors.of(normalised(rgb, i, pixels), 1, 3, height, width);
        DepthAnythingV2.Output<Tensor> output = network.apply(TorchOps.inference(weights), image);
        float[] map = Tensors.toArray(output.disparity());
        Normalization.stretch(map);
        System.arraycopy(map, 0, disparity, i * pixels, pixels);
        for (int f = 0; f < output.features().size(); f++) {
          float[] tokens = Tensors.toArray(output.features().get(f));
          if (i == 0) {
            features.add(
                new Planes(
                    network.width(),
                    height / multiple(),
                    width / multiple(),
                    new float[batch * tokens.length]));
          }
          System.arraycopy(tokens, 0, features.get(f).data(), i * tokens.length, tokens.length);
        }
      }
    }
    return new Labels(disparity, features);
  }

  private static float[] normalised(float[] rgb, int image, int pixels) {
    float[] values = new float[3 * pixels];
    for (int c = 0; c < 3; c++) {
      double mean = ImageNet.MEAN.get(c);
      double deviation = ImageNet.STD.get(c);
      for (int i = c * pixels; i < (c + 1) * pixels; i++) {
        values[i] = (float) ((rgb[image * 3 * pixels + i] - mean) / deviation);
      }
    }
    return values;
  }

  @Override
  public void close() {
    weights.close();
  }
}
