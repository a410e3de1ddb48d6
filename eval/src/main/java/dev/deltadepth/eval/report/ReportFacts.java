package dev.deltadepth.eval.report;

import dev.deltadepth.eval.Averaging;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.metrics.Protocol;
import java.util.List;

/**
 * Facts that a report states beside its figures.
 *
 * @param sizes input sizes of the models, for the protocol line
 * @param data the images and where they are
 * @param sources citations and licences of the images
 * @param remarks further notes, such as skipped sets
 */
public record ReportFacts(String sizes, String data, List<String> sources, List<String> remarks) {
  /** Copies the lists. */
  public ReportFacts {
    sources = List.copyOf(sources);
    remarks = List.copyOf(remarks);
  }

  /** The protocol line, without which no figure should be quoted. */
  String protocolLine(Evaluation evaluation) {
    Protocol protocol = evaluation.protocol();
    String line = protocol + " (" + protocol.description() + "); " + sizes;
    return evaluation.averaging() == Averaging.PICTURES
        ? line
        : line + "; " + evaluation.averaging().description();
  }
}
