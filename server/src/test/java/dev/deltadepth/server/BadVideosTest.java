package dev.deltadepth.server;

import static dev.deltadepth.server.DepthApiTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is told, and nothing of it is kept. */
class BadVideosTest extends JobTestBase {

  private void assertRefused(HttpResponse<byte[]> response, int status, String detail)
      throws Exception {
    assertProblem(response, status, detail);
    // Clients learn nothing of the server's folders.
    assertThat(TestServer.text(response)).doesNotContain(limits.folder().toString(), "delta-jobs-");
    assertThat(onDisk()).isEmpty();
    assertThat(server.metric("delta_jobs_bytes")).isZero();
    assertThat(server.metric("delta_jobs_kept")).isZero();
  }

  @Test
  void whatIsTooLarge() throws Exception {
    limits = limits.withVideoBytes(1000);
    start();
    byte[] large = new byte[200_000];
    assertRefused(server.post(JOBS, large), 413, "longer than 1000 bytes");
    HttpResponse<byte[]> chunked =
        server.send(
            server
                .request(JOBS)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
    assertRefused(chunked, 413, "longer than 1000 bytes");
  }

  @Test
  void whatHasNoRoomBesideTheOthers() throws Exception {
    byte[] film = Films.film(folder, 1);
    limits = limits.withVideoBytes(film.length).withTotalBytes(film.length);
    start();
    hold();
    String path = send(film, "");
    HttpResponse<byte[]> second = server.post(JOBS, film);
    assertProblem(second, 503, "room for videos is used up");
    assertThat(second.headers().firstValue("Retry-After")).contains("60");
    assertThat(onDisk()).hasSize(1);
    assertThat(server.send(server.request(path).DELETE()).statusCode()).isEqualTo(200);
  }

  @Test
  void aResultThatHasNoRoom() throws Exception {
    byte[] film = Films.film(folder, 30);
    limits = limits.withVideoBytes(film.length).withTotalBytes(film.length + 100);
    start();
    // Noise at the full size and without loss is larger than what it was made of.
    JsonNode failed = ended(send(film, "?format=depth16&range=frame"));
    assertThat(failed.get("state").asText()).isEqualTo("failed");
    assertThat(failed.get("error").asText()).contains("needs more room than the server has");
    assertThat(onDisk()).isEmpty();
    assertThat(server.metric("delta_jobs_bytes")).isZero();
    String path = JOBS + "/" + failed.get("id").asText();
    assertProblem(server.get(path + "/result"), 409, "has failed and has no result");
  }

  @Test
  void aShortResultThatHasNoRoom() throws Exception {
    byte[] film = Films.film(folder, 1);
    limits = limits.withVideoBytes(film.length).withTotalBytes(film.length).withJobs(1);
    start();
    JsonNode failed = ended(send(film, "?format=depth16&range=frame&fps=10&side=64"));
    // Less than is measured meanwhile: it is told at the end.
    assertThat(failed.get("frames").asInt()).isEqualTo(10);
    assertThat(failed.get("error").asText()).contains("needs more room than the server has");
    assertThat(onDisk()).isEmpty();
    assertThat(server.metric("delta_jobs_bytes")).isZero();
    // What has failed stands in nobody's way.
    String next = send(film, "?duration=0.3");
    assertProblem(server.get(JOBS + "/" + failed.get("id").asText()), 404, "no such job");
    assertThat(ended(next).get("state").asText()).isEqualTo("done");
  }

  @Test
  void whatIsTooLong() throws Exception {
    limits = limits.withLength(Duration.ofSeconds(2));
    start();
    byte[] film = Films.film(folder, 3);
    assertRefused(server.post(JOBS, film), 422, "3 seconds are more than the limit of 2");
    assertRefused(server.post(JOBS + "?duration=2.5", film), 422, "2.5 seconds are more than");
    assertRefused(server.post(JOBS + "?start=9", film), 422, "start is after the end");
    assertRefused(server.post(JOBS + "?duration=1&fps=500", film), 422, "about 500 frames");
    assertThat(ended(send(film, "?start=1")).get("frames").asInt()).isEqualTo(20);
  }

  @Test
  void whatDoesNotSayHowLongItIsIsCutOff() throws Exception {
    limits = limits.withLength(Duration.ofSeconds(2));
    start();
    Path bare =
        Films.make(
            folder.resolve("bare.m4v"),
            "-f lavfi -i testsrc=d=4:s=64x48:r=10 -c:v mpeg4 -g 1 -f m4v FILE");
    JsonNode done = ended(send(Files.readAllBytes(bare), ""));
    assertThat(done.get("frames").asInt()).isEqualTo(20);
    assertThat(done.get("warning").asText()).contains("ends after 2 seconds");
  }

  @Test
  void framesThatAreTooLarge() throws Exception {
    start();
    Path wide =
        Films.make(
            folder.resolve("wide.mkv"), "-f lavfi -i color=d=0.1:s=8192x2160 -c:v ffv1 FILE");
    assertRefused(server.post(JOBS, Files.readAllBytes(wide)), 422, "has frames of 8192x2160");
  }

  @Test
  void whatIsNoVideo() throws Exception {
    start();
    assertRefused(server.post(JOBS, new byte[0]), 400, "the body is empty");
    byte[] text = "Dear diary".getBytes(StandardCharsets.UTF_8);
    assertRefused(server.post(JOBS, text), 422, "the video is not a video that FFmpeg reads");
    assertRefused(server.post(JOBS, text, "Content-Type", "text/plain"), 415, "send the video as");
    byte[] noise = new byte[100_000];
    new Random(3).nextBytes(noise);
    assertRefused(server.post(JOBS, noise), 422, "the video");
    Path song = Films.make(folder.resolve("song.mp4"), "-f lavfi -i sine=d=1 -c:a aac FILE");
    assertRefused(server.post(JOBS, Files.readAllBytes(song)), 422, "the video has no pictures");
  }

  @Test
  void whatIsCutOff() throws Exception {
    start();
    byte[] film = Films.film(folder, 3);
    assertRefused(
        server.post(JOBS, Arrays.copyOf(film, film.length / 2)), 422, "not a video that FFmpeg");
    // Without an index at its end it is done as far as it goes.
    Path whole =
        Films.make(
            folder.resolve("whole.mkv"),
            "-f lavfi -i testsrc=d=4:s=64x48:r=10 -c:v mpeg4 -g 1 FILE");
    byte[] content = Files.readAllBytes(whole);
    String path = send(Arrays.copyOf(content, content.length / 2), "");
    JsonNode done = ended(path);
    assertThat(done.get("state").asText()).as(done.toString()).isEqualTo("done");
    assertThat(done.get("warning").asText()).contains("the video").doesNotContain("/");
    assertThat(Films.hashes(result(path), folder)).hasSize(done.get("frames").asInt());
  }

  /** None of them may make FFmpeg open another file, or an address. */
  @Test
  void playlistsOpenNothing() throws Exception {
    start();
    Films.film(folder, 1);
    Path film = folder.resolve("film-1.mp4");
    Path transport =
        Films.make(folder.resolve("t.ts"), "-i " + film + " -r 25 -c:v mpeg2video -f mpegts FILE");
    assertThat(ended(send(Files.readAllBytes(transport), "")).get("state").asText())
        .isEqualTo("done");
    server.send(server.request(JOBS + "/" + onDisk().get(0)).DELETE());
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      listener.configureBlocking(false);
      String address =
          "http://127.0.0.1:"
              + ((InetSocketAddress) listener.getLocalAddress()).getPort()
              + "/x.ts";
      String start = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n";
      String end = "\n#EXT-X-ENDLIST\n";
      Map<String, String> playlists =
          Map.of(
              "hls of a file", start + "#EXTINF:1,\n" + transport + end,
              "hls of a file's address", start + "#EXTINF:1,\nfile://" + transport + end,
              "hls of an address", start + "#EXTINF:1,\n" + address + end,
              "hls with a key",
                  start
                      + "#EXT-X-KEY:METHOD=AES-128,URI=\""
                      + address
                      + "\"\n#EXTINF:1,\nfd:"
                      + end,
              "hls of a concatenation",
                  start + "#EXTINF:1,\nconcat:" + transport + "|" + address + end,
              "hls of subfile", start + "#EXTINF:1,\nsubfile,,start,0,end,9,,:" + transport + end,
              "concat", "ffconcat version 1.0\nfile '" + film + "'\n",
              "concat beside", "ffconcat version 1.0\nfile film-1.mp4\n",
              "sdp",
                  "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
              "dash",
                  "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"urn:mpeg:dash:profile:isoff-main:2011\" type=\"static\" mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet contentType=\"video\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>file://"
                      + film
                      + "</BaseURL></Representation></AdaptationSet></Period></MPD>");
      for (Map.Entry<String, String> one : playlists.entrySet()) {
        HttpResponse<byte[]> response =
            server.post(JOBS, one.getValue().getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).as(one.getKey()).isEqualTo(422);
        assertRefused(response, 422, "the video");
      }
      assertThat(listener.accept()).isNull();
    }
  }

  /** FFmpeg reads them, and hundreds more that nobody's camera writes. */
  @ParameterizedTest
  @CsvSource({"swf, flv1", "smjpeg, mjpeg", "roq, roqvideo"})
  void containersThatNobodyUsesAreNotRead(String format, String codec) throws Exception {
    start();
    String command = "-f lavfi -i testsrc2=d=1:s=64x64:r=30 -c:v " + codec + " -f " + format;
    byte[] film = Files.readAllBytes(Films.make(folder.resolve("film"), command + " FILE"));
    assertRefused(server.post(JOBS, film), 422, "a kind that is not taken");
  }

  @Test
  void clientsThatLeaveLeaveNothing() throws Exception {
    start();
    try (Socket socket = server.socket()) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + JOBS
                      + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n1234")
                  .getBytes(StandardCharsets.US_ASCII));
      awaitMetric("delta_jobs_bytes", 4);
      assertThat(onDisk()).hasSize(1);
    }
    awaitMetric("delta_jobs_kept", 0);
    assertThat(onDisk()).isEmpty();
    assertThat(server.metric("delta_jobs_bytes")).isZero();
  }

  @Test
  void theEndOfTheServerEndsVideos() throws Exception {
    start();
    hold();
    send(Films.film(folder, 30), "?steady=false");
    send(Films.film(folder, 1), "");
    awaitMetric("delta_jobs_running", 1);
    permits.release(20);
    while (server.metric("delta_jobs_bytes") == 0) {
      Thread.onSpinWait();
    }
    letGo();
    // What nothingIsLeft finds afterwards: no file and no child.
    server.server.close();
    assertThat(temporary()).isEmpty();
  }

  @Test
  void whatAKilledServerHasLeftIsRemoved() throws IOException {
    start();
    Path left = Files.createDirectories(limits.folder().resolve("delta-jobs-77/abc"));
    Files.writeString(left.resolve("video"), "x");
    Files.writeString(limits.folder().resolve("delta-jobs-77/lock"), "");
    Path other = Files.createDirectory(limits.folder().resolve("photos"));
    TestServer second =
        TestServer.start(
            folder, ServerOptions.defaults().withJobs(limits), size -> Films.red(permits), clock);
    try (second) {
      assertThat(left.getParent()).doesNotExist();
      // The first server's, the second one's and what is not theirs.
      assertThat(temporary()).hasSize(3).contains("photos");
    }
    Files.delete(other);
    assertThat(temporary()).hasSize(1);
  }
}
