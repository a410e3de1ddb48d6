#!/usr/bin/env python3
"""One training step of Delta's default student in Python's PyTorch, to be compared with Delta's own.

The same network (MobileViT-XS, MiniDPT of widths 16, 32, 64, 128, 192), the same loss (mean absolute error), AdamW,
channels_last, one batch over and over; forward, backward and step are timed together.

usage: step.py [--size 192] [--batch 16] [--steps 20] [--warm-up 5] [--threads 2] [--precision fp32|bf16]
Prints one line of JSON. Needs PyTorch (Debian: python3-torch).
"""
import argparse
import json
import statistics
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


def conv_norm(cin, cout, k=1, stride=1, groups=1, act=nn.SiLU):
    layers = [nn.Conv2d(cin, cout, k, stride, k // 2, groups=groups, bias=False), nn.BatchNorm2d(cout)]
    return nn.Sequential(*layers, *([act()] if act else []))


class Bottleneck(nn.Module):
    """Inverted residual of MobileNetV2 with SiLU."""

    def __init__(self, cin, cout, stride):
        super().__init__()
        hidden = 4 * cin
        self.body = nn.Sequential(
            conv_norm(cin, hidden), conv_norm(hidden, hidden, 3, stride, hidden), conv_norm(hidden, cout, act=None))
        self.residual = stride == 1 and cin == cout

    def forward(self, x):
        return x + self.body(x) if self.residual else self.body(x)


class Attention(nn.Module):
    def __init__(self, width, heads=4):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        scores = (q * (c // self.heads) ** -0.5) @ k.transpose(-2, -1)
        return self.proj((scores.softmax(-1) @ v).transpose(1, 2).reshape(b, n, c))


class Transformer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width)
        self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.SiLU(), nn.Linear(2 * width, width))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class MobileVitBlock(nn.Module):
    def __init__(self, channels, width, depth):
        super().__init__()
        self.local = nn.Sequential(conv_norm(channels, channels, 3), nn.Conv2d(channels, width, 1, bias=False))
        self.layers = nn.Sequential(*[Transformer(width) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.proj = conv_norm(width, channels)
        self.fuse = conv_norm(2 * channels, channels, 3)

    def forward(self, x):
        shortcut = x
        x = self.local(x)
        b, c, h, w = x.shape
        # The last stage has an odd side at sizes such as 224: resized to even and back.
        eh, ew = h + h % 2, w + w % 2
        if (eh, ew) != (h, w):
            x = F.interpolate(x, (eh, ew), mode="bilinear", align_corners=False)
        x = x.reshape(b, c, eh // 2, 2, ew // 2, 2).permute(0, 3, 5, 2, 4, 1).reshape(b * 4, eh * ew // 4, c)
        x = self.norm(self.layers(x))
        x = x.reshape(b, 2, 2, eh // 2, ew // 2, c).permute(0, 5, 3, 1, 4, 2).reshape(b, c, eh, ew)
        if (eh, ew) != (h, w):
            x = F.interpolate(x, (h, w), mode="bilinear", align_corners=False)
        return self.fuse(torch.cat((shortcut, self.proj(x)), 1))


class MobileVitXs(nn.Module):
    channels = (32, 48, 64, 80, 384)

    def __init__(self):
        super().__init__()
        self.stem = conv_norm(3, 16, 3, 2)
        self.stages = nn.ModuleList([
            Bottleneck(16, 32, 1),
            nn.Sequential(Bottleneck(32, 48, 2), Bottleneck(48, 48, 1), Bottleneck(48, 48, 1)),
            nn.Sequential(Bottleneck(48, 64, 2), MobileVitBlock(64, 96, 2)),
            nn.Sequential(Bottleneck(64, 80, 2), MobileVitBlock(80, 120, 4)),
            nn.Sequential(Bottleneck(80, 96, 2), MobileVitBlock(96, 144, 3), conv_norm(96, 384)),
        ])

    def forward(self, x):
        x, maps = self.stem(x), []
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        return maps


class MiniDpt(nn.Module):
    def __init__(self, channels, widths=(16, 32, 64, 128, 192)):
        super().__init__()
        relu = nn.ReLU
        self.project = nn.ModuleList([conv_norm(c, w, act=relu) for c, w in zip(channels, widths)])
        self.up = nn.ModuleList([
            nn.Sequential(conv_norm(widths[i + 1], widths[i + 1], 3, 1, widths[i + 1], act=None),
                          conv_norm(widths[i + 1], widths[i], act=relu)) for i in range(len(widths) - 1)])
        self.fuse = nn.ModuleList([conv_norm(2 * w, w, act=relu) for w in widths[:-1]])
        self.head = nn.Sequential(nn.Conv2d(widths[0], widths[0], 3, 1, 1), nn.ReLU(), nn.Conv2d(widths[0], 1, 1))

    @staticmethod
    def twice(x):
        return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)

    def forward(self, maps):
        x = self.project[-1](maps[-1])
        for i in reversed(range(len(maps) - 1)):
            x = self.fuse[i](torch.cat((self.up[i](self.twice(x)), self.project[i](maps[i])), 1))
        return self.twice(self.head(x)).sigmoid()


class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = MobileVitXs()
        self.decoder = MiniDpt(MobileVitXs.channels)

    def forward(self, x):
        return self.decoder(self.encoder(x))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", choices=("fp32", "bf16"), default="fp32")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    student = Student().to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.AdamW(student.parameters(), lr=1e-3)
    shape = (options.batch, 3, options.size, options.size)
    image = torch.rand(shape).to(memory_format=torch.channels_last)
    target = torch.rand(options.batch, 1, options.size, options.size)
    seconds = []
    for i in range(options.warm_up + options.steps):
        begun = time.perf_counter()
        with torch.autocast("cpu", torch.bfloat16, enabled=options.precision == "bf16"):
            map_ = student(image)
        (map_.float() - target).abs().mean().backward()
        optimizer.step()
        optimizer.zero_grad()
        if i >= options.warm_up:
            seconds.append(time.perf_counter() - begun)
    median = statistics.median(seconds)
    print(json.dumps({
        "trainer": "pytorch " + torch.__version__, "parameters": sum(p.numel() for p in student.parameters()),
        "size": options.size, "batch": options.batch, "threads": options.threads, "precision": options.precision,
        "steps": options.steps, "median-ms-per-image": round(1000 * median / options.batch, 2),
        "best-ms-per-image": round(1000 * min(seconds) / options.batch, 2)}))


if __name__ == "__main__":
    main()
