package dev.deltadepth.video.clip;

import dev.deltadepth.io.FileException;
import dev.deltadepth.video.Tones;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipInfo;
import dev.deltadepth.video.read.ClipSource;
import dev.deltadepth.video.read.FrameRequest;
import dev.deltadepth.video.write.FrameShape;
import dev.deltadepth.video.write.VideoCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** What a job is going to do: sizes and times, and what its user should know. */
final class ClipPlan {
  private final Clip clip;
  private final ClipFormat format;
  private final ClipStyle style;
  private final ClipOptions options;
  private final ClipModel model;
  private final FrameRequest request;

  ClipPlan(Clip clip, ClipFormat format, ClipStyle style, ClipOptions options, ClipModel model) {
    this.clip = clip;
    this.format = format;
    this.style = style;
    this.options = options;
    this.model = model;
    request = wanted();
  }

  /** What is to be said before it begins. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    ClipInfo info = clip.info();
    if (info.colours().isHdr()) {
      notes.add(Tones.note(clip.source().shown(), info.colours().transfer(), clip.isToneMapped()));
    }
    if (!format.isFolder() && format != ClipFormat.DEPTH16) {
      FrameShape shape = shape();
      int width = VideoCodec.H264.side(shape.width());
      int height = VideoCodec.H264.side(shape.height());
      if (width != shape.width() || height != shape.height()) {
        notes.add(
            "video encoders need even sides of 16 or more: "
                + size(shape.width(), shape.height())
                + " is widened to "
                + size(width, height));
      }
    }
    return notes;
  }

  private static String size(int width, int height) {
    return width + "x" + height;
  }

  /** The frames that are wanted. */
  FrameRequest request() {
    return request;
  }

  private FrameRequest wanted() {
    ClipInfo info = clip.info();
    int longer = Math.max(info.width(), info.height());
    double scale =
        options.side() > 0 && options.side() < longer ? (double) options.side() / longer : 1;
    int width = (int) Math.max(1, Math.round(scale * info.width()));
    int height = (int) Math.max(1, Math.round(scale * info.height()));
    return new FrameRequest(
        options.start(),
        options.duration(),
        options.rate(),
        width,
        height,
        format.isDepthAlone(),
        model.size().of(width, height));
  }

  /** The size and the times of what is drawn. */
  FrameShape shape() {
    ClipInfo info = clip.info();
    return new ClipPainter(format, style)
        .shape(
            request.width(),
            request.height(),
            request.rate().orElse(info.rate()),
            info.timescale());
  }

  /** What decides on the content of all parts. */
  String description() {
    String file = "";
    if (clip.source().kind() == ClipSource.Kind.FILE) {
      try {
        FileTime time = Files.getLastModifiedTime(clip.source().file());
        file = Files.size(clip.source().file()) + " bytes of " + time;
      } catch (IOException e) {
        throw FileException.unreadable(clip.source().file(), e);
      }
    }
    return String.join(
        "\n",
        List.of(
            clip.source().text(),
            file,
            format.toString(),
            style.colours()
                + " "
                + style.nearIsDark()
                + " "
                + style.upsampling()
                + " "
                + style.stereo(),
            options.toString(),
            request.toString(),
            model.name(),
            clip.program().toString(),
            ""));
  }
}
