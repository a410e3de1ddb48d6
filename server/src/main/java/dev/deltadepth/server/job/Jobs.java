package dev.deltadepth.server.job;

import dev.deltadepth.server.http.ServerException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * All videos of a server. One is worked on, others wait; what is done is kept until its time is
 * over. Files lie in a temporary folder, which is deleted at the end.
 */
public final class Jobs implements AutoCloseable {
  private static final int ID_BYTES = 16;
  private static final int PROBES = 2;
  private static final Duration SWEEP = Duration.ofSeconds(20);

  /** How long a stopped video may take to end by itself, and then by force. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final JobLimits limits;
  private final ClipNetwork network;
  private final Clock clock;
  private final JobFolder folder;
  private final Room room;
  private final SecureRandom random = new SecureRandom();

  /** All whose files may be there, in the order of their arrival. */
  private final Set<Job> present = new LinkedHashSet<>();

  /** Those that clients know, by their ids. */
  private final Map<String, Job> known = new LinkedHashMap<>();

  private final Map<JobState, Long> ended = new EnumMap<>(JobState.class);
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("delta-jobs"));
  private final ExecutorService probes =
      Executors.newFixedThreadPool(PROBES, daemons("delta-jobs-probe"));
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(daemons("delta-jobs-clock"));
  private long framesOfEnded;
  private boolean closed;

  private Jobs(JobLimits limits, ClipNetwork network, Clock clock, JobFolder folder) {
    this.limits = limits;
    this.network = network;
    this.clock = clock;
    this.folder = folder;
    this.room = new Room(limits.totalBytes());
    var unused =
        sweeper.scheduleWithFixedDelay(
            this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ThreadFactory daemons(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Starts with none, and removes the files that killed servers have left.
   *
   * @throws ServerException if there is no room for a temporary folder
   */
  public static Jobs open(JobLimits limits, ClipNetwork network, Clock clock) {
    return new Jobs(limits, network, clock, JobFolder.in(limits.folder()));
  }

  JobLimits limits() {
    return limits;
  }

  /**
   * Makes room for a video that arrives.
   *
   * @param bytes how many it has; below 0 if that is not known
   * @throws ServerException with 413 if it is too long, 503 if there is no room for it now
   */
  Job admit(JobRequest request, long bytes) {
    sweep();
    Room.Share share = room.share(limits.videoBytes());
    synchronized (this) {
      requireOpen();
      share.require(Math.max(0, bytes));
      if (present.size() >= limits.jobs() && !forgetFailed()) {
        throw new ServerException(
            503,
            "the server keeps as many videos as it may: delete jobs, or try again later",
            untilNextEnds());
      }
      String id = newId();
      try {
        Job job = new Job(id, folder.make(id), request, share, limits.work());
        present.add(job);
        return job;
      } catch (IOException e) {
        throw new ServerException(503, "the server cannot store a video now; try again later", 60);
      }
    }
  }

  /** Failed jobs have no files, only an error that may not have been asked for yet. */
  private boolean forgetFailed() {
    Optional<Job> oldest =
        present.stream().filter(job -> job.status().state() == JobState.FAILED).findFirst();
    oldest.ifPresent(
        job -> {
          present.remove(job);
          known.remove(job.id());
        });
    return oldest.isPresent();
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Seconds until the first result goes; a minute if none waits for that. */
  private int untilNextEnds() {
    Instant now = clock.instant();
    long seconds =
        present.stream()
            .flatMap(job -> job.ended().stream())
            .mapToLong(end -> Duration.between(now, end.plus(limits.age())).toSeconds() + 1)
            .min()
            .orElse(60);
    return (int) Math.max(1, Math.min(seconds, Integer.MAX_VALUE));
  }

  private void requireOpen() {
    if (closed) {
      throw stopping();
    }
  }

  private static ServerException stopping() {
    return new ServerException(503, "the server is stopping", 60);
  }

  /**
   * Looks at a video that has arrived.
   *
   * @return fails with {@link ServerException}: 422 for what is no video, or too much of one
   */
  CompletableFuture<Void> check(Job job) {
    try {
      return CompletableFuture.runAsync(
          () -> job.plan(JobPlan.of(job.video(), job.request(), network, limits)), probes);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(stopping());
    }
  }

  /**
   * Lets it wait for its turn; from now on clients find it.
   *
   * @throws ServerException with 503 if the server is stopping
   */
  synchronized void enqueue(Job job) {
    requireOpen();
    known.put(job.id(), job);
    worker.execute(new Turn(job));
  }

  /** Forgets a video that was refused, or did not arrive. */
  void drop(Job job) {
    job.discard();
    synchronized (this) {
      present.remove(job);
    }
  }

  /** A job's turn. */
  private final class Turn implements Runnable {
    private final Job job;

    Turn(Job job) {
      this.job = job;
    }

    @Override
    public void run() {
      job.run().ifPresent(last -> over(job, last));
    }
  }

  private synchronized void over(Job job, JobStatus last) {
    ended.merge(last.state(), 1L, Long::sum);
    framesOfEnded += job.frames();
    job.publish(last, clock.instant());
    if (!known.containsKey(job.id())) {
      // Deleted by its client meanwhile.
      present.remove(job);
      job.discard();
    }
  }

  /**
   * The job with an id.
   *
   * @throws ServerException with 404 if there is none
   */
  Job find(String id) {
    sweep();
    synchronized (this) {
      return Optional.ofNullable(known.get(id)).orElseThrow(Jobs::unknown);
    }
  }

  private static ServerException unknown() {
    return new ServerException(
        404, "there is no such job: it was deleted, or its time is over; send the video again");
  }

  /**
   * Forgets a job and deletes its files; one that is not done is cancelled first.
   *
   * @return what it came to
   * @throws ServerException with 404 if there is none
   */
  JobStatus remove(String id) {
    Job job;
    synchronized (this) {
      job = known.remove(id);
      if (job == null) {
        throw unknown();
      }
    }
    boolean waited = job.status().state() == JobState.WAITING;
    if (job.cancel()) {
      // Its thread deletes the files when it has stopped.
      return job.status();
    }
    withdraw(job);
    JobStatus last = job.status();
    job.discard();
    synchronized (this) {
      present.remove(job);
      if (waited && last.state() == JobState.CANCELLED) {
        ended.merge(JobState.CANCELLED, 1L, Long::sum);
      }
    }
    return last;
  }

  private void withdraw(Job job) {
    worker.getQueue().removeIf(turn -> turn instanceof Turn one && one.job == job);
  }

  /** Deletes what is too old. */
  void sweep() {
    Instant before = clock.instant().minus(limits.age());
    List<Job> old;
    synchronized (this) {
      old = present.stream().filter(job -> job.endedBefore(before)).toList();
      old.forEach(job -> known.remove(job.id()));
      old.forEach(present::remove);
    }
    old.forEach(Job::discard);
  }

  /** Jobs that wait for their turn. */
  public int waiting() {
    return worker.getQueue().size();
  }

  /** Jobs that are worked on. */
  public int running() {
    return worker.getActiveCount();
  }

  /** Jobs whose files are there, those that are just arriving too. */
  public synchronized int kept() {
    return present.size();
  }

  /** How many may be. */
  public int most() {
    return limits.jobs();
  }

  /** The bytes of their files. */
  public long bytes() {
    return room.taken();
  }

  /** How many they may be. */
  public long mostBytes() {
    return limits.totalBytes();
  }

  /** How many jobs came to such an end. */
  public synchronized long ended(JobState state) {
    return ended.getOrDefault(state, 0L);
  }

  /** Frames of all jobs that have ended. */
  public synchronized long frames() {
    return framesOfEnded;
  }

  /** Takes no more and cancels what is not done, without waiting for it. */
  public void stop() {
    List<Job> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(known.values());
    }
    worker.getQueue().clear();
    all.forEach(Job::cancel);
  }

  /**
   * Stops, waits until nothing is worked on, and deletes all files. Doing so twice does nothing.
   */
  @Override
  public void close() {
    stop();
    sweeper.shutdownNow();
    probes.shutdownNow();
    worker.shutdown();
    try {
      if (!worker.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        worker.shutdownNow();
        worker.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
      probes.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folder.close();
  }
}
