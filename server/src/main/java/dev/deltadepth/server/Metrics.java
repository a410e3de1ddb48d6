package dev.deltadepth.server;

import dev.deltadepth.server.job.JobState;
import dev.deltadepth.server.job.Jobs;
import dev.deltadepth.server.log.LogWriter;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.DoubleSupplier;

/** What is counted and measured, for Prometheus: sizes and times, nothing of what a photo shows. */
final class Metrics {
  static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final double[] SECONDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();

  private final Counter requests =
      Counter.builder()
          .name("delta_requests_total")
          .help("Finished requests for a depth map, by HTTP status; 499: the client disconnected.")
          .labelNames("status")
          .register(registry);
  private final Counter received =
      Counter.builder()
          .name("delta_received_bytes_total")
          .help("Bytes of photos received.")
          .register(registry);
  private final Counter sent =
      Counter.builder()
          .name("delta_sent_bytes_total")
          .help("Bytes of maps sent.")
          .register(registry);
  private final Histogram request =
      Histogram.builder()
          .name("delta_request_seconds")
          .help("From the photo's complete arrival until its map is sent.")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);
  private final Histogram stage =
      Histogram.builder()
          .name("delta_stage_seconds")
          .help("The time a photo spends in each stage.")
          .labelNames("stage")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);

  private final Counter visits =
      Counter.builder()
          .name("delta_http_requests_total")
          .help("Finished requests of all kinds.")
          .labelNames("route", "method", "status")
          .register(registry);
  private final Histogram visit =
      Histogram.builder()
          .name("delta_http_request_duration_seconds")
          .help("From a request's first byte until its answer is sent.")
          .labelNames("route")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);

  Metrics(
      DepthService service,
      Limits limits,
      MemoryBudget memory,
      MemoryBudget work,
      SlowConnections connections) {
    gauge("delta_queue_length", "Photos waiting for a worker.", service::waiting);
    gauge("delta_queue_limit", "The maximum number of photos waiting for a worker.", limits::queue);
    gauge("delta_workers_busy", "Photos in progress.", service::working);
    gauge("delta_workers", "The maximum number of photos in progress.", limits::workers);
    gauge("delta_held_bytes", "Bytes of photos and maps in memory.", memory::held);
    gauge(
        "delta_held_bytes_limit",
        "The maximum of bytes of photos and maps in memory.",
        limits::memory);
    gauge("delta_work_bytes", "Bytes that photos in progress need at most.", work::held);
    gauge("delta_work_bytes_limit", "The maximum of these bytes.", work::limit);
    gauge("delta_connections", "Open connections.", connections::count);
    Info.builder()
        .name("delta_build_info")
        .help("What is running.")
        .labelNames("version", "java")
        .register(registry)
        .setLabelValues(version(), Runtime.version().toString());
    ProcessMetrics.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
  }

  private static String version() {
    try (InputStream in = Metrics.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(in));
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds what is known of the log. */
  void add(LogWriter log) {
    CounterWithCallback.builder()
        .name("delta_log_lost_total")
        .help("Lines of the log that were left out because it is read too slowly.")
        .callback(callback -> callback.call((double) log.lost()))
        .register(registry);
  }

  /** Adds what is known of videos. */
  void add(Jobs jobs) {
    gauge("delta_jobs_waiting", "Videos waiting for their turn.", jobs::waiting);
    gauge("delta_jobs_running", "Videos in progress.", jobs::running);
    gauge("delta_jobs_kept", "Videos and results on disk.", jobs::kept);
    gauge("delta_jobs_limit", "The maximum number of videos and results on disk.", jobs::most);
    gauge("delta_jobs_bytes", "Bytes of videos and results on disk.", jobs::bytes);
    gauge("delta_jobs_bytes_limit", "The maximum of these bytes.", jobs::mostBytes);
    CounterWithCallback.builder()
        .name("delta_jobs_total")
        .help("Videos that have ended, by how.")
        .labelNames("state")
        .callback(
            callback -> {
              for (JobState state : List.of(JobState.DONE, JobState.FAILED, JobState.CANCELLED)) {
                callback.call((double) jobs.ended(state), state.toString());
              }
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("delta_job_frames_total")
        .help("Frames of videos that have ended.")
        .callback(callback -> callback.call((double) jobs.frames()))
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  void received(int bytes) {
    received.inc(bytes);
  }

  void worked(Answer.Times times) {
    stage.labelValues("queue").observe(times.waiting());
    stage.labelValues("decode").observe(times.decoding());
    stage.labelValues("estimate").observe(times.estimating());
    stage.labelValues("encode").observe(times.encoding());
  }

  void sent(int bytes, double seconds) {
    sent.inc(bytes);
    request.observe(seconds);
  }

  void ended(int status) {
    requests.labelValues(Integer.toString(status)).inc();
  }

  /**
   * A request of any kind has ended.
   *
   * @param route one of a few
   */
  void visited(String route, String method, int status, double seconds) {
    String known = METHODS.contains(method) ? method : "other";
    visits.labelValues(route, known, Integer.toString(status)).inc();
    visit.labelValues(route).observe(seconds);
  }

  /** All metrics in Prometheus' text format. */
  byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
