#include "batch/frame.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD_BYTES = offsetof(batch_frame, bytes) };

typedef union control {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(int))];
} control;

static void attach(struct msghdr *message, control *room, int descriptor)
{
    memset(room, 0, sizeof *room);
    message->msg_control = room->bytes;
    message->msg_controllen = sizeof room->bytes;
    struct cmsghdr *head = CMSG_FIRSTHDR(message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
}

bool frame_send(int channel, frame_kind kind, uint32_t number, const void *bytes, size_t size,
                int descriptor)
{
    uint32_t head[3] = {kind, number, (uint32_t)size};
    struct iovec parts[2] = {{head, HEAD_BYTES}, {(void *)bytes, size}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    control room;
    if (size > FRAME_BYTES)
        return false;
    if (descriptor >= 0)
        attach(&message, &room, descriptor);
    ssize_t sent;
    do {
        sent = sendmsg(channel, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)(HEAD_BYTES + size);
}

/* Descriptors that nobody asked for are closed, not kept. */
static void detach(struct msghdr *message, int *descriptor)
{
    for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head; head = CMSG_NXTHDR(message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        int received;
        memcpy(&received, CMSG_DATA(head), sizeof received);
        if (descriptor && *descriptor < 0)
            *descriptor = received;
        else
            close(received);
    }
}

/* ECONNRESET: the other side ended with a request unread. What it sent before can still be read. */
frame_state frame_receive(int channel, bool wait, batch_frame *frame, int *descriptor)
{
    struct iovec part = {frame, sizeof *frame};
    control room;
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = room.bytes,
                             .msg_controllen = sizeof room.bytes};
    if (descriptor)
        *descriptor = -1;
    ssize_t got;
    do {
        got = recvmsg(channel, &message, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
    } while (got < 0 && (errno == EINTR || errno == ECONNRESET));
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return FRAME_NOTHING;
    detach(&message, descriptor);
    bool is_whole = got >= HEAD_BYTES && frame->size == (size_t)got - HEAD_BYTES;
    return is_whole && !(message.msg_flags & MSG_TRUNC) ? FRAME_GOT : FRAME_CLOSED;
}
