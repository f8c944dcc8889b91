	.file	"b.8f5336a78b80f750-cgu.0"
	.section	.rodata.cst16,"aM",@progbits,16
	.p2align	4, 0x0
.LCPI0_0:
	.short	2
	.short	4
	.short	8
	.short	16
	.short	32
	.short	64
	.short	128
	.short	256
.LCPI0_1:
	.short	512
	.short	1024
	.short	2048
	.short	4096
	.zero	2
	.zero	2
	.zero	2
	.zero	2
	.section	.text._ZN1b3m1617he7f27c324c0e9e1bE,"ax",@progbits
	.globl	_ZN1b3m1617he7f27c324c0e9e1bE
	.p2align	4
	.type	_ZN1b3m1617he7f27c324c0e9e1bE,@function
_ZN1b3m1617he7f27c324c0e9e1bE:
	.cfi_startproc
	xorl	%eax, %eax
	cmpb	%sil, (%rdi)
	movq	1(%rdi), %xmm0
	movd	%esi, %xmm1
	punpcklbw	%xmm1, %xmm1
	punpcklbw	%xmm0, %xmm0
	pshuflw	$0, %xmm1, %xmm2
	punpcklbw	%xmm2, %xmm2
	pcmpeqb	%xmm2, %xmm0
	pand	.LCPI0_0(%rip), %xmm0
	movd	9(%rdi), %xmm1
	punpcklbw	%xmm1, %xmm1
	pcmpeqb	%xmm2, %xmm1
	pand	.LCPI0_1(%rip), %xmm1
	sete	%al
	xorl	%ecx, %ecx
	cmpb	%sil, 13(%rdi)
	sete	%cl
	shll	$13, %ecx
	xorl	%edx, %edx
	cmpb	%sil, 14(%rdi)
	sete	%dl
	shll	$14, %edx
	xorl	%r8d, %r8d
	cmpb	%sil, 15(%rdi)
	sete	%r8b
	shll	$15, %r8d
	orl	%edx, %r8d
	orl	%ecx, %r8d
	orl	%eax, %r8d
	por	%xmm0, %xmm1
	shufps	$228, %xmm0, %xmm1
	pshufd	$238, %xmm0, %xmm0
	por	%xmm1, %xmm0
	pshufd	$85, %xmm0, %xmm1
	por	%xmm0, %xmm1
	movdqa	%xmm1, %xmm0
	psrld	$16, %xmm0
	por	%xmm1, %xmm0
	movd	%xmm0, %eax
	orl	%r8d, %eax
	retq
.Lfunc_end0:
	.size	_ZN1b3m1617he7f27c324c0e9e1bE, .Lfunc_end0-_ZN1b3m1617he7f27c324c0e9e1bE
	.cfi_endproc

	.section	.rodata.cst16,"aM",@progbits,16
	.p2align	4, 0x0
.LCPI1_0:
	.zero	16,127
.LCPI1_1:
	.zero	16,1
.LCPI1_2:
	.quad	16909320
	.quad	16909320
.LCPI1_3:
	.quad	72624976668147840
	.quad	72624976668147840
.LCPI1_4:
	.byte	0
	.byte	0
	.byte	0
	.byte	255
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	255
	.byte	0
	.byte	0
	.byte	0
.LCPI1_5:
	.byte	0
	.byte	255
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	255
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.section	.text._ZN1b3m6417h9ba1769c05896d2aE,"ax",@progbits
	.globl	_ZN1b3m6417h9ba1769c05896d2aE
	.p2align	4
	.type	_ZN1b3m6417h9ba1769c05896d2aE,@function
_ZN1b3m6417h9ba1769c05896d2aE:
	.cfi_startproc
	movzbl	%sil, %edx
	movabsq	$72340172838076673, %rcx
	imulq	%rcx, %rdx
	movq	(%rdi), %r8
	xorq	%rdx, %r8
	movabsq	$9187201950435737471, %rsi
	movq	%r8, %rax
	andq	%rsi, %rax
	addq	%rsi, %rax
	orq	%r8, %rax
	notq	%rax
	shrq	$7, %rax
	andq	%rcx, %rax
	movabsq	$72624976668147840, %r8
	imulq	%r8, %rax
	movdqu	8(%rdi), %xmm2
	movdqu	24(%rdi), %xmm3
	movq	%rdx, %xmm0
	pshufd	$68, %xmm0, %xmm0
	pxor	%xmm0, %xmm3
	pxor	%xmm0, %xmm2
	movdqa	.LCPI1_0(%rip), %xmm4
	movdqa	%xmm2, %xmm0
	pand	%xmm4, %xmm0
	movdqa	%xmm3, %xmm1
	pand	%xmm4, %xmm1
	paddq	%xmm4, %xmm1
	paddq	%xmm4, %xmm0
	por	%xmm2, %xmm0
	por	%xmm3, %xmm1
	pcmpeqd	%xmm2, %xmm2
	pxor	%xmm2, %xmm1
	psrlq	$7, %xmm1
	pxor	%xmm2, %xmm0
	psrlq	$7, %xmm0
	movdqa	.LCPI1_1(%rip), %xmm2
	pand	%xmm2, %xmm0
	pand	%xmm2, %xmm1
	movdqa	.LCPI1_2(%rip), %xmm2
	movdqa	%xmm1, %xmm3
	pmuludq	%xmm2, %xmm3
	movdqa	%xmm1, %xmm4
	psrlq	$32, %xmm4
	movdqa	.LCPI1_3(%rip), %xmm5
	pmuludq	%xmm5, %xmm4
	paddq	%xmm3, %xmm4
	psllq	$32, %xmm4
	pmuludq	%xmm5, %xmm1
	paddq	%xmm4, %xmm1
	pmuludq	%xmm0, %xmm2
	movdqa	%xmm0, %xmm3
	psrlq	$32, %xmm3
	pmuludq	%xmm5, %xmm3
	paddq	%xmm2, %xmm3
	psllq	$32, %xmm3
	pmuludq	%xmm5, %xmm0
	paddq	%xmm3, %xmm0
	movdqa	%xmm0, %xmm2
	psrlq	$48, %xmm2
	psrlq	$40, %xmm0
	movsd	%xmm2, %xmm0
	movdqa	%xmm1, %xmm2
	psrlq	$32, %xmm2
	psrlq	$24, %xmm1
	movsd	%xmm2, %xmm1
	andpd	.LCPI1_4(%rip), %xmm1
	andpd	.LCPI1_5(%rip), %xmm0
	shrq	$56, %rax
	orpd	%xmm1, %xmm0
	movq	40(%rdi), %r9
	xorq	%rdx, %r9
	movq	%r9, %r10
	andq	%rsi, %r10
	addq	%rsi, %r10
	orq	%r9, %r10
	notq	%r10
	shrq	$7, %r10
	andq	%rcx, %r10
	imulq	%r8, %r10
	shrq	$16, %r10
	movabsq	$280375465082880, %r9
	andq	%r10, %r9
	movq	48(%rdi), %r10
	xorq	%rdx, %r10
	movq	%r10, %r11
	andq	%rsi, %r11
	addq	%rsi, %r11
	orq	%r10, %r11
	notq	%r11
	shrq	$7, %r11
	andq	%rcx, %r11
	imulq	%r8, %r11
	shrq	$8, %r11
	movabsq	$71776119061217280, %r10
	andq	%r11, %r10
	xorq	56(%rdi), %rdx
	movq	%rdx, %rdi
	andq	%rsi, %rdi
	addq	%rsi, %rdi
	orq	%rdx, %rdi
	notq	%rdi
	shrq	$7, %rdi
	andq	%rcx, %rdi
	imulq	%r8, %rdi
	movabsq	$-72057594037927936, %rcx
	andq	%rdi, %rcx
	orq	%r10, %rcx
	orq	%r9, %rcx
	orq	%rax, %rcx
	pshufd	$238, %xmm0, %xmm1
	por	%xmm0, %xmm1
	movq	%xmm1, %rax
	orq	%rcx, %rax
	retq
.Lfunc_end1:
	.size	_ZN1b3m6417h9ba1769c05896d2aE, .Lfunc_end1-_ZN1b3m6417h9ba1769c05896d2aE
	.cfi_endproc

	.ident	"rustc version 1.95.0 (59807616e 2026-04-14)"
	.section	".note.GNU-stack","",@progbits
