package dev.deltadepth.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartTest {

  @Test
  void ticksAreRound() {
    assertThat(Axis.upTo(0.4).ticks().stream().map(Axis::label).toList())
        .containsExactly("0", "0.1", "0.2", "0.3", "0.4");
    assertThat(Axis.ratios(0.03, 2).ticks().stream().map(Axis::label).toList())
        .containsExactly("0.05", "0.1", "0.2", "0.5", "1", "2");
    assertThat(Axis.ratios(1.2, 3.5).ticks().stream().map(Axis::label).toList())
        .containsExactly("1.5", "2", "3", "4");
  }

  @Property(tries = 200)
  void everyAxisHasAFewTicksWithinIt(
      @ForAll @DoubleRange(min = 0.01, max = 1000) double low,
      @ForAll @DoubleRange(min = 1.5, max = 1000) double ratio) {
    for (Axis axis : List.of(Axis.upTo(low), Axis.ratios(low, ratio * low))) {
      assertThat(axis.ticks()).hasSizeBetween(1, 12);
      assertThat(axis.ticks()).allMatch(tick -> tick >= axis.low() && tick <= axis.high());
    }
  }

  @Test
  void placesAreEvenInLengthsOrInRatios() {
    assertThat(new Axis(0, 4, false).place(1)).isEqualTo(0.25);
    assertThat(new Axis(1, 16, true).place(2)).isCloseTo(0.25, within(1e-12));
    assertThat(new Axis(1, 16, true).place(-3)).isZero();
    assertThat(new Axis(0, 4, false).place(9)).isEqualTo(1);
  }

  @Test
  void theDrawingIsWellFormedAndHasNoColours() throws Exception {
    Chart chart = new Chart(280, "a < b", Axis.ratios(1, 20), "x & y", Axis.upTo(0.5), "\"error\"");
    chart.line(List.of(new Chart.Point(1, 0.1), new Chart.Point(20, 0.5)), 1);
    chart.dot(new Chart.Point(3, 0.3), 0, "<picture>");
    chart.diagonal();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("<picture>");
    assertThat(chart.svg()).doesNotContain("#", "rgb", "fill=", "stroke=");
  }
}
