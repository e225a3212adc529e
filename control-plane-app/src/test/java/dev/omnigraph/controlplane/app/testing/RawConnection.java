package dev.omnigraph.controlplane.app.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that keeps to no manners. */
public final class RawConnection implements AutoCloseable {

    /** Between two bytes of one who is slow. */
    private static final int PAUSE_MILLIS = 20;

    private static final int SMALL_BUFFER_BYTES = 1024;

    private final Socket socket = new Socket();

    /** Takes in as little as it can before somebody reads. */
    public RawConnection(RunningService service) throws IOException {
        socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
    }

    /** Sends this at once. */
    public RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /**
     * Sends the same character again and again, with pauses, until the service ends the connection.
     *
     * @return what the service has sent by then
     */
    public String drip(char character) throws IOException {
        socket.setSoTimeout(PAUSE_MILLIS);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (true) {
            try {
                int read = socket.getInputStream().read();
                if (read < 0) {
                    return answer.toString(StandardCharsets.ISO_8859_1);
                }
                answer.write(read);
            } catch (SocketTimeoutException e) {
                if (!sent(character)) {
                    return answer.toString(StandardCharsets.ISO_8859_1);
                }
            } catch (SocketException e) {
                return answer.toString(StandardCharsets.ISO_8859_1);
            }
        }
    }

    private boolean sent(char character) {
        try {
            socket.getOutputStream().write(character);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits for the first byte of an answer, and reads no more than that. */
    public void awaitAnswer() throws IOException {
        socket.getInputStream().read();
    }

    /** What comes until the service ends the connection, in order or not. */
    public String readToTheEnd() throws IOException {
        socket.setSoTimeout(0);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            // The connection was cut.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
