package dev.deltadepth.server.job;

import dev.deltadepth.io.FileException;
import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.server.log.Faults;
import dev.deltadepth.video.clip.ClipJob;
import dev.deltadepth.video.clip.ClipReport;
import dev.deltadepth.video.clip.ClipStyle;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A video on its way, in a folder of its own. */
final class Job {
  private static final String VIDEO = "video";

  private static final String NO_ROOM =
      "the result needs more room than the server has for videos: ask for a smaller side or"
          + " duration, or delete other jobs";

  /** Letters of an id that logs may have: whoever knows all of them may delete the job. */
  private static final int SHOWN = 8;

  /** Frames after which its files are measured. */
  private static final int MEASURED = 16;

  /** Seconds before a limit at which a clip ends that has reached it. */
  private static final double NEARLY = 0.5;

  private final String id;
  private final Path folder;
  private final JobRequest request;
  private final Room.Share room;
  private final Duration most;
  private final PrintStream errors = System.err;
  private volatile long begun;
  private volatile Optional<ClipJob> work = Optional.empty();
  private Optional<Double> cut = Optional.empty();
  private JobStatus status = JobStatus.waiting();
  private Optional<String> refusal = Optional.empty();
  private Optional<Instant> ended = Optional.empty();
  private boolean unwanted;
  private boolean working;
  private long frames;

  /**
   * Prepares.
   *
   * @param most how long it may be worked on
   */
  Job(String id, Path folder, JobRequest request, Room.Share room, Duration most) {
    this.most = most;
    this.id = id;
    this.folder = folder;
    this.request = request;
    this.room = room;
  }

  String id() {
    return id;
  }

  JobRequest request() {
    return request;
  }

  /** What its files take. */
  Room.Share room() {
    return room;
  }

  /** The file that the client sends. */
  Path video() {
    return folder.resolve(VIDEO);
  }

  /** The file that it becomes. */
  Path result() {
    return folder.resolve(request.fileName());
  }

  synchronized JobStatus status() {
    return status;
  }

  /** Frames of all passes that are done so far. */
  synchronized long frames() {
    return frames;
  }

  /** Whether its time is over. */
  synchronized boolean endedBefore(Instant time) {
    return ended.isPresent() && !ended.get().isAfter(time);
  }

  synchronized Optional<Instant> ended() {
    return ended;
  }

  /** Says what is to be done. */
  synchronized void plan(JobPlan plan) {
    cut = plan.cut();
    work =
        Optional.of(
            new ClipJob(
                plan.clip(),
                result(),
                request.format(),
                ClipStyle.of(request.colours()),
                plan.options(),
                plan.model(),
                new Progress()));
  }

  /**
   * Does it, and deletes what is not needed afterwards.
   *
   * @return what to {@link #publish}; empty if it was not wanted any more before it began
   */
  Optional<JobStatus> run() {
    ClipJob planned;
    synchronized (this) {
      if (unwanted) {
        return Optional.empty();
      }
      planned = work.orElseThrow();
      begun = System.nanoTime();
      working = true;
      status = status.with(JobState.RUNNING);
    }
    JobStatus last;
    try {
      last = finished(planned.run());
    } catch (RuntimeException | Error e) {
      String reason = reason(e);
      synchronized (this) {
        last = status.failed(reason);
      }
    }
    synchronized (this) {
      last = unwanted ? status.with(JobState.CANCELLED) : last;
    }
    if (last.state() == JobState.DONE) {
      delete(video());
      last = measure() ? last : last.failed(NO_ROOM);
    }
    if (last.state() != JobState.DONE) {
      discard();
    }
    return Optional.of(last);
  }

  /** Shows clients what it has come to; its age begins. */
  synchronized void publish(JobStatus last, Instant now) {
    working = false;
    status = last;
    ended = Optional.of(now);
  }

  private synchronized JobStatus finished(ClipReport report) {
    if (refusal.isPresent()) {
      return status.failed(refusal.get());
    }
    if (report.stopped()) {
      // By us, or because this process ends.
      return status.with(JobState.CANCELLED);
    }
    Optional<String> complaint = report.complaint().map(this::withoutPaths);
    return status.done(report.frames(), complaint.or(() -> cutAt(report.seconds())));
  }

  private Optional<String> cutAt(double seconds) {
    return cut.filter(longest -> seconds > longest - NEARLY)
        .map(
            longest ->
                "the result ends after "
                    + JobPlan.decimal(longest)
                    + " seconds, the most that this server works on; ask for the rest with start");
  }

  private String reason(Throwable problem) {
    synchronized (this) {
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    if (problem instanceof FileException) {
      return withoutPaths(String.valueOf(problem.getMessage()));
    }
    if (problem instanceof OutOfMemoryError) {
      return "the server is short of memory: ask for a smaller side or try again later";
    }
    Faults.tell(errors, "of job " + id.substring(0, SHOWN), problem);
    return "an error of the server; tell its operator the first letters of the job's id, under which"
        + " its log has the cause";
  }

  /** Clients know nothing of the server's folders. */
  private String withoutPaths(String text) {
    return text.replace(video().toString(), "the video")
        .replace(result().toString(), "the result")
        .replace(folder.toString(), "");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It goes with its folder.
    }
  }

  /**
   * Nobody wants it any more: it ends soon. Returns whether it is being worked on, which then goes
   * on for a moment.
   */
  boolean cancel() {
    Optional<ClipJob> stopping;
    synchronized (this) {
      if (status.state().isOver()) {
        return false;
      }
      unwanted = true;
      status = status.with(JobState.CANCELLED);
      stopping = working ? work : Optional.empty();
    }
    stopping.ifPresent(ClipJob::stop);
    return stopping.isPresent();
  }

  /** Deletes all its files. */
  void discard() {
    JobFolder.delete(folder);
    room.close();
  }

  /** Counts its files. Returns whether there is room for them; if there is not, it fails. */
  private boolean measure() {
    try {
      room.replace(JobFolder.bytes(folder));
      return true;
    } catch (ServerException e) {
      refuse(NO_ROOM);
      return false;
    }
  }

  /** Ends the work, which then has failed. */
  private void refuse(String reason) {
    synchronized (this) {
      refusal = refusal.or(() -> Optional.of(reason));
    }
    work.ifPresent(ClipJob::stop);
  }

  /** Listens to the work. */
  private final class Progress implements ClipJob.Listener {
    private long start;

    @Override
    public void started(String pass, Optional<Long> expected) {
      start = System.nanoTime();
      synchronized (Job.this) {
        status = status.passing(pass, expected);
      }
    }

    @Override
    public void done(long count) {
      double seconds = (System.nanoTime() - start) / 1e9;
      synchronized (Job.this) {
        frames++;
        status = status.at(count, count / Math.max(1e-9, seconds));
      }
      if (count % MEASURED == 0) {
        measure();
      }
      if (System.nanoTime() - begun > most.toNanos()) {
        refuse(
            "the video takes more than the "
                + JobPlan.decimal(most.toMillis() / 60_000.0)
                + " minutes that this server works on one: ask for a smaller size or duration");
      }
    }

    @Override
    public void note(String text) {
      // About tones and even sides: for people who look at a terminal.
    }
  }
}
