package dev.deltadepth.eval.report;

import dev.deltadepth.eval.Averaging;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.metrics.Protocol;
import java.util.List;

/**
 * What is said beside the figures of a report.
 *
 * @param sizes at which sizes the models ran, for the line of the protocol
 * @param data what the pictures are, and where
 * @param sources who is to be cited for them, and their licences
 * @param remarks what else has to be known, such as sets that were left out
 */
public record ReportFacts(String sizes, String data, List<String> sources, List<String> remarks) {
  /** Copies the lists. */
  public ReportFacts {
    sources = List.copyOf(sources);
    remarks = List.copyOf(remarks);
  }

  /** The line without which no figure should be quoted. */
  String protocolLine(Evaluation evaluation) {
    Protocol protocol = evaluation.protocol();
    String line = protocol + " (" + protocol.description() + "); " + sizes;
    return evaluation.averaging() == Averaging.PICTURES
        ? line
        : line + "; " + evaluation.averaging().description();
  }
}
