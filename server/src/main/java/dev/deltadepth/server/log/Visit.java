package dev.deltadepth.server.log;

import java.time.Instant;
import java.util.Optional;

/**
 * A request that has ended, as the log tells of it: nothing of photos and videos.
 *
 * @param time when it began
 * @param address of the client
 * @param method such as GET
 * @param path with what follows a question mark; ids of jobs are cut
 * @param protocol such as HTTP/1.1
 * @param status of the answer
 * @param bytes of the answer's body
 * @param seconds from its first byte to the last of the answer
 * @param id by which it is found elsewhere
 * @param referrer where the client comes from, as it says
 * @param agent the client's program, as it says
 */
public record Visit(
    Instant time,
    String address,
    String method,
    String path,
    String protocol,
    int status,
    long bytes,
    double seconds,
    String id,
    Optional<String> referrer,
    Optional<String> agent) {}
