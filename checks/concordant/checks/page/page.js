"use strict";(()=>{var Lt=Object.defineProperty;var jt=Object.getOwnPropertyDescriptor;var f=(i,t,e,s)=>{for(var r=s>1?void 0:s?jt(t,e):t,n=i.length-1,o;n>=0;n--)(o=i[n])&&(r=(s?o(t,e,r):o(r))||r);return s&&r&&Lt(t,e,r),r};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var F=globalThis,J=F.ShadowRoot&&(F.ShadyCSS===void 0||F.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Q=Symbol(),$t=new WeakMap,L=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==Q)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,e=this.t;if(J&&t===void 0){let s=e!==void 0&&e.length===1;s&&(t=$t.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),s&&$t.set(e,t))}return t}toString(){return this.cssText}},ft=i=>new L(typeof i=="string"?i:i+"",void 0,Q),_=(i,...t)=>{let e=i.length===1?i[0]:t.reduce((s,r,n)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+i[n+1],i[0]);return new L(e,i,Q)},gt=(i,t)=>{if(J)i.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of t){let s=document.createElement("style"),r=F.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=e.cssText,i.appendChild(s)}},tt=J?i=>i:i=>i instanceof CSSStyleSheet?(t=>{let e="";for(let s of t.cssRules)e+=s.cssText;return ft(e)})(i):i;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:zt,defineProperty:qt,getOwnPropertyDescriptor:Dt,getOwnPropertyNames:Bt,getOwnPropertySymbols:It,getPrototypeOf:Kt}=Object,V=globalThis,vt=V.trustedTypes,Wt=vt?vt.emptyScript:"",Gt=V.reactiveElementPolyfillSupport,j=(i,t)=>i,z={toAttribute(i,t){switch(t){case Boolean:i=i?Wt:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,t){let e=i;switch(t){case Boolean:e=i!==null;break;case Number:e=i===null?null:Number(i);break;case Object:case Array:try{e=JSON.parse(i)}catch{e=null}}return e}},X=(i,t)=>!zt(i,t),yt={attribute:!0,type:String,converter:z,reflect:!1,useDefault:!1,hasChanged:X};Symbol.metadata??=Symbol("metadata"),V.litPropertyMetadata??=new WeakMap;var w=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=yt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(t,s,e);r!==void 0&&qt(this.prototype,t,r)}}static getPropertyDescriptor(t,e,s){let{get:r,set:n}=Dt(this.prototype,t)??{get(){return this[e]},set(o){this[e]=o}};return{get:r,set(o){let l=r?.call(this);n?.call(this,o),this.requestUpdate(t,l,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??yt}static _$Ei(){if(this.hasOwnProperty(j("elementProperties")))return;let t=Kt(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(j("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(j("properties"))){let e=this.properties,s=[...Bt(e),...It(e)];for(let r of s)this.createProperty(r,e[r])}let t=this[Symbol.metadata];if(t!==null){let e=litPropertyMetadata.get(t);if(e!==void 0)for(let[s,r]of e)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[e,s]of this.elementProperties){let r=this._$Eu(e,s);r!==void 0&&this._$Eh.set(r,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let s=new Set(t.flat(1/0).reverse());for(let r of s)e.unshift(tt(r))}else t!==void 0&&e.push(tt(t));return e}static _$Eu(t,e){let s=e.attribute;return s===!1?void 0:typeof s=="string"?s:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let s of e.keys())this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return gt(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,s){this._$AK(t,s)}_$ET(t,e){let s=this.constructor.elementProperties.get(t),r=this.constructor._$Eu(t,s);if(r!==void 0&&s.reflect===!0){let n=(s.converter?.toAttribute!==void 0?s.converter:z).toAttribute(e,s.type);this._$Em=t,n==null?this.removeAttribute(r):this.setAttribute(r,n),this._$Em=null}}_$AK(t,e){let s=this.constructor,r=s._$Eh.get(t);if(r!==void 0&&this._$Em!==r){let n=s.getPropertyOptions(r),o=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:z;this._$Em=r;let l=o.fromAttribute(e,n.type);this[r]=l??this._$Ej?.get(r)??l,this._$Em=null}}requestUpdate(t,e,s,r=!1,n){if(t!==void 0){let o=this.constructor;if(r===!1&&(n=this[t]),s??=o.getPropertyOptions(t),!((s.hasChanged??X)(n,e)||s.useDefault&&s.reflect&&n===this._$Ej?.get(t)&&!this.hasAttribute(o._$Eu(t,s))))return;this.C(t,e,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:s,reflect:r,wrapped:n},o){s&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,o??e??this[t]),n!==!0||o!==void 0)||(this._$AL.has(t)||(this.hasUpdated||s||(e=void 0),this._$AL.set(t,e)),r===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,n]of this._$Ep)this[r]=n;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,n]of s){let{wrapped:o}=n,l=this[r];o!==!0||this._$AL.has(r)||l===void 0||this.C(r,void 0,n,l)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(e)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};w.elementStyles=[],w.shadowRootOptions={mode:"open"},w[j("elementProperties")]=new Map,w[j("finalized")]=new Map,Gt?.({ReactiveElement:w}),(V.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var at=globalThis,bt=i=>i,Y=at.trustedTypes,_t=Y?Y.createPolicy("lit-html",{createHTML:i=>i}):void 0,kt="$lit$",x=`lit$${Math.random().toFixed(9).slice(2)}$`,Ct="?"+x,Ft=`<${Ct}>`,P=document,D=()=>P.createComment(""),B=i=>i===null||typeof i!="object"&&typeof i!="function",lt=Array.isArray,Jt=i=>lt(i)||typeof i?.[Symbol.iterator]=="function",et=`[ 	
\f\r]`,q=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,wt=/-->/g,xt=/>/g,k=RegExp(`>|${et}(?:([^\\s"'>=/]+)(${et}*=${et}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),At=/'/g,St=/"/g,Pt=/^(?:script|style|textarea|title)$/i,ct=i=>(t,...e)=>({_$litType$:i,strings:t,values:e}),c=ct(1),y=ct(2),he=ct(3),T=Symbol.for("lit-noChange"),h=Symbol.for("lit-nothing"),Et=new WeakMap,C=P.createTreeWalker(P,129);function Tt(i,t){if(!lt(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return _t!==void 0?_t.createHTML(t):t}var Vt=(i,t)=>{let e=i.length-1,s=[],r,n=t===2?"<svg>":t===3?"<math>":"",o=q;for(let l=0;l<e;l++){let a=i[l],d,p,m=-1,$=0;for(;$<a.length&&(o.lastIndex=$,p=o.exec(a),p!==null);)$=o.lastIndex,o===q?p[1]==="!--"?o=wt:p[1]!==void 0?o=xt:p[2]!==void 0?(Pt.test(p[2])&&(r=RegExp("</"+p[2],"g")),o=k):p[3]!==void 0&&(o=k):o===k?p[0]===">"?(o=r??q,m=-1):p[1]===void 0?m=-2:(m=o.lastIndex-p[2].length,d=p[1],o=p[3]===void 0?k:p[3]==='"'?St:At):o===St||o===At?o=k:o===wt||o===xt?o=q:(o=k,r=void 0);let g=o===k&&i[l+1].startsWith("/>")?" ":"";n+=o===q?a+Ft:m>=0?(s.push(d),a.slice(0,m)+kt+a.slice(m)+x+g):a+x+(m===-2?l:g)}return[Tt(i,n+(i[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),s]},I=class i{constructor({strings:t,_$litType$:e},s){let r;this.parts=[];let n=0,o=0,l=t.length-1,a=this.parts,[d,p]=Vt(t,e);if(this.el=i.createElement(d,s),C.currentNode=this.el.content,e===2||e===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(r=C.nextNode())!==null&&a.length<l;){if(r.nodeType===1){if(r.hasAttributes())for(let m of r.getAttributeNames())if(m.endsWith(kt)){let $=p[o++],g=r.getAttribute(m).split(x),E=/([.?@])?(.*)/.exec($);a.push({type:1,index:n,name:E[2],strings:g,ctor:E[1]==="."?rt:E[1]==="?"?it:E[1]==="@"?nt:O}),r.removeAttribute(m)}else m.startsWith(x)&&(a.push({type:6,index:n}),r.removeAttribute(m));if(Pt.test(r.tagName)){let m=r.textContent.split(x),$=m.length-1;if($>0){r.textContent=Y?Y.emptyScript:"";for(let g=0;g<$;g++)r.append(m[g],D()),C.nextNode(),a.push({type:2,index:++n});r.append(m[$],D())}}}else if(r.nodeType===8)if(r.data===Ct)a.push({type:2,index:n});else{let m=-1;for(;(m=r.data.indexOf(x,m+1))!==-1;)a.push({type:7,index:n}),m+=x.length-1}n++}}static createElement(t,e){let s=P.createElement("template");return s.innerHTML=t,s}};function U(i,t,e=i,s){if(t===T)return t;let r=s!==void 0?e._$Co?.[s]:e._$Cl,n=B(t)?void 0:t._$litDirective$;return r?.constructor!==n&&(r?._$AO?.(!1),n===void 0?r=void 0:(r=new n(i),r._$AT(i,e,s)),s!==void 0?(e._$Co??=[])[s]=r:e._$Cl=r),r!==void 0&&(t=U(i,r._$AS(i,t.values),r,s)),t}var st=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:s}=this._$AD,r=(t?.creationScope??P).importNode(e,!0);C.currentNode=r;let n=C.nextNode(),o=0,l=0,a=s[0];for(;a!==void 0;){if(o===a.index){let d;a.type===2?d=new K(n,n.nextSibling,this,t):a.type===1?d=new a.ctor(n,a.name,a.strings,this,t):a.type===6&&(d=new ot(n,this,t)),this._$AV.push(d),a=s[++l]}o!==a?.index&&(n=C.nextNode(),o++)}return C.currentNode=P,r}p(t){let e=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(t,s,e),e+=s.strings.length-2):s._$AI(t[e])),e++}},K=class i{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,s,r){this.type=2,this._$AH=h,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=U(this,t,e),B(t)?t===h||t==null||t===""?(this._$AH!==h&&this._$AR(),this._$AH=h):t!==this._$AH&&t!==T&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):Jt(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==h&&B(this._$AH)?this._$AA.nextSibling.data=t:this.T(P.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:s}=t,r=typeof s=="number"?this._$AC(t):(s.el===void 0&&(s.el=I.createElement(Tt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(e);else{let n=new st(r,this),o=n.u(this.options);n.p(e),this.T(o),this._$AH=n}}_$AC(t){let e=Et.get(t.strings);return e===void 0&&Et.set(t.strings,e=new I(t)),e}k(t){lt(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,s,r=0;for(let n of t)r===e.length?e.push(s=new i(this.O(D()),this.O(D()),this,this.options)):s=e[r],s._$AI(n),r++;r<e.length&&(this._$AR(s&&s._$AB.nextSibling,r),e.length=r)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let s=bt(t).nextSibling;bt(t).remove(),t=s}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},O=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,s,r,n){this.type=1,this._$AH=h,this._$AN=void 0,this.element=t,this.name=e,this._$AM=r,this.options=n,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=h}_$AI(t,e=this,s,r){let n=this.strings,o=!1;if(n===void 0)t=U(this,t,e,0),o=!B(t)||t!==this._$AH&&t!==T,o&&(this._$AH=t);else{let l=t,a,d;for(t=n[0],a=0;a<n.length-1;a++)d=U(this,l[s+a],e,a),d===T&&(d=this._$AH[a]),o||=!B(d)||d!==this._$AH[a],d===h?t=h:t!==h&&(t+=(d??"")+n[a+1]),this._$AH[a]=d}o&&!r&&this.j(t)}j(t){t===h?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},rt=class extends O{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===h?void 0:t}},it=class extends O{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==h)}},nt=class extends O{constructor(t,e,s,r,n){super(t,e,s,r,n),this.type=5}_$AI(t,e=this){if((t=U(this,t,e,0)??h)===T)return;let s=this._$AH,r=t===h&&s!==h||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,n=t!==h&&(s===h||r);r&&this.element.removeEventListener(this.name,this,s),n&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},ot=class{constructor(t,e,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){U(this,t)}};var Xt=at.litHtmlPolyfillSupport;Xt?.(I,K),(at.litHtmlVersions??=[]).push("3.3.3");var Rt=(i,t,e)=>{let s=e?.renderBefore??t,r=s._$litPart$;if(r===void 0){let n=e?.renderBefore??null;s._$litPart$=r=new K(t.insertBefore(D(),n),n,void 0,e??{})}return r._$AI(i),r};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var dt=globalThis,v=class extends w{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=Rt(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return T}};v._$litElement$=!0,v.finalized=!0,dt.litElementHydrateSupport?.({LitElement:v});var Yt=dt.litElementPolyfillSupport;Yt?.({LitElement:v});(dt.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var A=i=>(t,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(i,t)}):customElements.define(i,t)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Zt={attribute:!0,type:String,converter:z,reflect:!1,hasChanged:X},Qt=(i=Zt,t,e)=>{let{kind:s,metadata:r}=e,n=globalThis.litPropertyMetadata.get(r);if(n===void 0&&globalThis.litPropertyMetadata.set(r,n=new Map),s==="setter"&&((i=Object.create(i)).wrapped=!0),n.set(e.name,i),s==="accessor"){let{name:o}=e;return{set(l){let a=t.get.call(this);t.set.call(this,l),this.requestUpdate(o,a,i,!0,l)},init(l){return l!==void 0&&this.C(o,void 0,i,l),l}}}if(s==="setter"){let{name:o}=e;return function(l){let a=this[o];t.call(this,l),this.requestUpdate(o,a,i,!0,l)}}throw Error("Unsupported decorator location: "+s)};function b(i){return(t,e)=>typeof e=="object"?Qt(i,t,e):((s,r,n)=>{let o=r.hasOwnProperty(n);return r.constructor.createProperty(n,s),o?Object.getOwnPropertyDescriptor(r,n):void 0})(i,t,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function W(i){return b({...i,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2021 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Ut={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function u(i){if("text"in i)return i.text;if("fields"in i)return`${i.name}(${i.fields.map(([,s])=>u(s)).join(", ")})`;if(i.kind==="map")return`{${i.entries.map(([s,r])=>`${u(s)}: ${u(r)}`).join(", ")}}`;let[t,e]=Ut[i.kind];return`${t}${i.items.map(u).join(", ")}${i.kind==="tuple"&&i.items.length===1?",":""}${e}`}function H(i,t,e){if(t!==null&&u(i)===u(t))return c`<span class="same">${u(i)}</span>`;if(t!==null&&"fields"in i&&"fields"in t&&i.name===t.name){let s=new Map(t.fields);return c`${i.name}(${Mt(i.fields.map(([r,n])=>H(n,s.get(r)??null,e)))})`}if(t!==null&&"kind"in i&&"kind"in t&&i.kind===t.kind){let[s,r]=Ut[i.kind];return c`${s}${Mt(te(i,t,e))}${r}`}return ht(u(i),e)}function te(i,t,e){if("entries"in i&&"entries"in t){let r=new Map(t.entries.map(([n,o])=>[u(n),o]));return i.entries.map(([n,o])=>{let l=r.get(u(n));return l?c`${u(n)}: ${H(o,l,e)}`:ht(`${u(n)}: ${u(o)}`,e)})}if(!("items"in i&&"items"in t))return[];if(i.kind==="tuple")return i.items.map((r,n)=>H(r,t.items[n]??null,e));let s=t.items.map(u);return i.items.map(r=>{let n=s.indexOf(u(r));return n<0?ht(u(r),e):(s.splice(n,1),u(r))})}function ht(i,t){return t==="new"?c`<ins>${i}</ins>`:c`<del>${i}</del>`}function Mt(i){return c`${i.map((t,e)=>c`${e>0?", ":h}${t}`)}`}var N=class extends v{render(){let[t,...e]=this.drawn.table;return c`<div class="told">
      <p><strong>${this.drawn.clause}</strong>: ${this.drawn.sentence}</p>
      ${t===void 0?this.drawn.facts.map(s=>c`<p class="fact">${s.name}: ${u(s.value)}</p>`):c`<table>
            <thead><tr>${t.map(s=>c`<th scope="col">${s}</th>`)}</tr></thead>
            <tbody>${e.map(([s,...r])=>c`<tr><th scope="row">${s}</th>${r.map(n=>c`<td>${n}</td>`)}</tr>`)}</tbody>
          </table>`}
      ${this.drawn.notation.map(s=>c`<p class="legend">${s}</p>`)}
      ${this.drawn.given.length?c`<p class="fact">drawn: ${this.drawn.given.map(s=>`${s.name}: ${u(s.value)}`).join(", ")}</p>`:h}
    </div>`}};N.styles=_`
    :host { display: block; overflow-x: auto; }
    table { border-collapse: collapse; margin: 0.5rem 0; }
    th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--faint); font: 13px/1.4 var(--mono); }
    th { font-family: inherit; }
    .fact { font: 13px/1.5 var(--mono); margin: 0.15rem 0; overflow-wrap: anywhere; }
    .legend { color: var(--dim); font-size: 0.85em; margin: 0.2rem 0; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
  `,f([b({attribute:!1})],N.prototype,"drawn",2),N=f([A("c-drawn")],N);var pt=112,G=30,Ot=44,Ht=76,R=class extends v{constructor(){super(...arguments);this.at=0}render(){let{lanes:e,moves:s,left:r}=this.trace,n=Ht+e.length*pt,o=Ot+(s.length+(r.length?1.6:.8))*G,l=`Space-time diagram: ${e.length} participants, ${s.length} moves. The list of moves says the same in words.`;return c`<svg width=${n} height=${o} viewBox="0 0 ${n} ${o}" role="img" aria-label=${l}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((a,d)=>y`<text class="head" x=${this.x(d)} y="18">${a}</text>`)}
      ${e.map((a,d)=>this.lane(a,d,o))}
      ${s.map((a,d)=>this.move(a,d+1,n))}
      ${r.map(a=>this.waiting(a.source,a.to,a.sent,o))} ${this.loop()}
    </svg>`}x(e){return Ht+e*pt+pt/2}y(e){return Ot+(e-1)*G+G/2}place(e){return this.trace.lanes.indexOf(e)}lane(e,s,r){let n=this.trace.moves.map((l,a)=>({mark:l.row.mark,who:l.row.end,y:this.y(a+1)})).filter(({who:l,mark:a})=>l===e&&(a==="down"||a==="up")),o=[...n.map(({y:l})=>l),r-8];return o.map((l,a)=>{let d=n[a-1]?.mark==="down";return y`<line class="lane ${d?"is-down":""}" x1=${this.x(s)} x2=${this.x(s)} y1=${o[a-1]??26} y2=${l}></line>`})}move(e,s,r){let n=this.y(s),o=s===this.at?"here":s>this.at&&this.at>0?"later":"";return y`<g class=${o} @click=${()=>this.choose(s)}>
      <title>${s}. ${e.said}</title>
      <rect class="band" x="0" y=${n-G/2} width=${r} height=${G}></rect>
      <text class="number" x="30" y=${n+4}>${s}</text>
      ${s===this.trace.acts?y`<text class="acts" x="46" y=${n+4}>◆</text>`:h}
      ${this.drawn(e,s)}
    </g>`}drawn(e,s){let{start:r,end:n,mark:o,sent:l,again:a}=e.row,d=this.x(this.place(n)),p=this.y(s);switch(o){case"inside":return y`<circle class="dot" cx=${d} cy=${p} r="4.5"></circle>`;case"down":return this.cross(d,p);case"up":return y`<path class="tip" d="M${d-6} ${p+5} L${d} ${p-6} L${d+6} ${p+5} z"></path>`;default:{let m=this.x(this.place(r)),$=l===null?p:this.y(l),g=o==="lost"?"is-lost":a?"again":l===null?"ask":"",E=(m+d)/2;if(o==="lost"){let ut=($+p)/2;return y`<line class="message ${g}" x1=${m} y1=${$} x2=${E} y2=${ut}></line>${this.cross(E,ut)}`}return m===d?y`<path class="message ${g}" marker-end="url(#tip)" d="M${d} ${$} C${d+34} ${$} ${d+34} ${p} ${d+5} ${p}"></path>`:y`<line class="message ${g}" marker-end="url(#tip)" x1=${m} y1=${$} x2=${d} y2=${p}></line>`}}}waiting(e,s,r,n){let[o,l]=[this.place(e),this.place(s)];if(r===null||o<0||l<0)return h;let[a,d,p,m]=[this.x(o),this.x(l),this.y(r),n-14],[$,g]=[a+(d-a)*.8,p+(m-p)*.8];return y`<line class="message in-flight" x1=${a} y1=${p} x2=${$} y2=${g}></line><circle class="ring" cx=${$} cy=${g} r="4"></circle>`}loop(){let{cycle:e,moves:s}=this.trace;if(e===null||e===0)return h;let[r,n]=[this.y(s.length-e+1),this.y(s.length)];return y`<path class="repeats" marker-end="url(#tip)" d="M14 ${n} H6 V${r} H16"><title>repeated for ever</title></path>`}cross(e,s){return y`<path class="cross" d="M${e-5} ${s-5} L${e+5} ${s+5} M${e+5} ${s-5} L${e-5} ${s+5}"></path>`}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};R.styles=_`
    :host { display: block; overflow-x: auto; }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,f([b({attribute:!1})],R.prototype,"trace",2),f([b({type:Number})],R.prototype,"at",2),R=f([A("c-spacetime")],R);var M=class extends v{constructor(){super(...arguments);this.at=0}willUpdate(e){e.has("trace")&&(this.at=this.trace.moves.length)}render(){let{moves:e}=this.trace;return c`<div tabindex="0" role="group" aria-label="A run of ${e.length} moves; arrow keys step through it" @keydown=${this.key} @step=${this.stepped}>
      <div class="controls">
        <button @click=${()=>this.go(0)} ?disabled=${this.at===0} aria-label="before the first move">|◀</button>
        <button @click=${()=>this.go(this.at-1)} ?disabled=${this.at===0} aria-label="previous move">◀</button>
        <button @click=${()=>this.go(this.at+1)} ?disabled=${this.at===e.length} aria-label="next move">▶</button>
        <button @click=${()=>this.go(e.length)} ?disabled=${this.at===e.length} aria-label="last move">▶|</button>
        <span>move ${this.at} of ${e.length}</span>
        <span class="hint"><kbd>←</kbd> <kbd>→</kbd> <kbd>Home</kbd> <kbd>End</kbd></span>
      </div>
      <div role="status" aria-live="polite" class="hint">${this.announced()}</div>
      ${this.trace.given.length?c`<p class="fact">given ${se(this.trace.given)}</p>`:h}
      <div class="both">
        <div class="picture">
          <c-spacetime .trace=${this.trace} .at=${this.at}></c-spacetime>
          ${this.trace.legend.length?c`<p class="legend">${this.trace.legend.map(s=>c`<span>${s}</span>`)}</p>`:h}
          ${this.trace.notation.map(s=>c`<p class="legend">${s}</p>`)}
        </div>
        <div>
          <ol>
            ${e.map((s,r)=>this.move(s,r+1))}
          </ol>
          ${this.trace.cycle===null?h:c`<p>${this.trace.lasso}</p>`}
          ${this.trace.left.length?c`<details><summary>${this.trace.left.length} in flight at the end</summary>
            ${this.trace.left.map(s=>c`<div class="fact">${s.source} → ${s.to} ${s.label}${s.sent===null?"":` from ${s.sent}`}</div>`)}</details>`:h}
          <div class="told">
            <p><strong>${this.trace.clause}</strong>: ${this.trace.sentence}</p>
            ${this.trace.facts.map(s=>c`<p class="fact">${s.name}: ${u(s.value)}</p>`)}
          </div>
        </div>
      </div>
    </div>`}move(e,s){return c`<li class=${s>this.at?"later":""} aria-current=${s===this.at?"step":"false"} @click=${()=>this.go(s)}>
      <span class="number">${s}</span>${e.said}
      ${e.effects.map(r=>c`<div class="effect">${r}</div>`)} ${e.changes.map(ee)}
      ${s===this.trace.acts?this.trace.instead.map(r=>c`<div class="effect acts">${r}</div>`):h}
    </li>`}announced(){let e=this.trace.moves[this.at-1];return e===void 0?"before the first move":[e.said,...e.effects].join("; ")}go(e){this.at=Math.max(0,Math.min(this.trace.moves.length,e))}stepped(e){this.go(e.detail)}key(e){if(e.altKey||e.ctrlKey||e.metaKey)return;let r={ArrowLeft:this.at-1,ArrowUp:this.at-1,k:this.at-1,ArrowRight:this.at+1,ArrowDown:this.at+1,j:this.at+1,Home:0,End:this.trace.moves.length}[e.key];r!==void 0&&(e.preventDefault(),this.go(r))}};M.styles=_`
    :host { display: block; }
    .both { display: grid; grid-template-columns: minmax(0, auto) minmax(20rem, 1fr); gap: 1.5rem; align-items: start; }
    .picture { position: sticky; top: 0; max-height: 92vh; overflow: auto; }
    .legend { color: var(--dim); font-size: 0.85em; margin: 0.2rem 0; max-width: 42rem; }
    .legend span { display: inline-block; margin-right: 1.2em; }
    .controls { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; margin: 0.5rem 0; }
    button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; cursor: pointer; }
    button:disabled { opacity: 0.4; cursor: default; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; }
    .hint { color: var(--dim); font-size: 0.85em; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { border-left: 3px solid transparent; padding: 0.25rem 0 0.25rem 0.7rem; cursor: pointer; }
    li[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
    li.later { opacity: 0.45; }
    .number { color: var(--dim); font: 12px var(--mono); margin-right: 0.4em; }
    .effect, .change { margin-left: 1.7rem; color: var(--dim); }
    .change, .fact { font: 13px/1.45 var(--mono); overflow-wrap: anywhere; color: var(--ink); }
    .same { color: var(--dim); }
    ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
    ins { background: var(--added); }
    del { background: var(--removed); text-decoration: line-through; }
    ins::before { content: "+"; }
    .acts { font-weight: 600; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
    .told p { margin: 0.2rem 0; }
    @media (max-width: 60rem) { .both { grid-template-columns: minmax(0, 1fr); } .picture { position: static; max-height: none; } }
    @media print { li.later { opacity: 1; } .controls { display: none; } .both { grid-template-columns: minmax(0, 1fr); } }
  `,f([b({attribute:!1})],M.prototype,"trace",2),f([W()],M.prototype,"at",2),M=f([A("c-trace")],M);function ee(i){let t=i.field?`${i.who}.${i.field}`:i.who;return c`<div class="change">${t}: ${H(i.before,i.after,"old")} → ${H(i.after,i.before,"new")}</div>`}function se(i){return i.map(t=>`${t.name}: ${u(t.value)}`).join(", ")}var mt={good:"✓",bad:"✗",open:"?"},S=class extends v{constructor(){super(...arguments);this.open=new Set;this.wanted=""}connectedCallback(){super.connectedCallback();let e=this.report.protocols.flatMap(s=>s.lines).find(s=>s.tone==="bad"&&s.scene!==null);e!==void 0&&(this.open=new Set([e.id]))}render(){let{report:e}=this;return c`<main>
      <h1><span class=${e.tone}>${mt[e.tone]} ${e.conclusion}</span></h1>
      <p>${e.totals}</p>
      <p class="dim"><code>${e.command}</code>, Concordant ${e.version}</p>
      ${e.never_judged.map(s=>c`<p class="open">${s}</p>`)}
      <p><label>Show only <input type="search" .value=${this.wanted} @input=${this.filter} placeholder="a clause, a mistake, violated …" /></label></p>
      ${e.protocols.map(s=>this.protocol(s))}
    </main>`}protocol(e){let s=e.lines.filter(r=>this.fits(e,r));return s.length===0?h:c`<section aria-label=${e.stem}>
      <h2>${e.stem} <span class="word ${e.tone}">${mt[e.tone]} ${e.word}</span></h2>
      <div class="table"><table>
        <caption>${e.title}</caption>
        <colgroup><col class="what" /><col class="verdict" /><col /><col class="numbers" /></colgroup>
        <thead><tr><th scope="col">what</th><th scope="col">verdict</th><th scope="col">sentence</th><th scope="col">judged on</th></tr></thead>
        <tbody>${s.map(r=>this.line(r))}</tbody>
      </table></div>
      ${e.coverage.length?re(e.coverage):h}
    </section>`}fits(e,s){let r=this.wanted.toLowerCase();return[e.stem,s.what,s.word,s.sentence].some(n=>n.toLowerCase().includes(r))}line(e){let s=this.open.has(e.id);return c`<tr>
        <th scope="row">${e.what}</th>
        <td class="word ${e.tone}">${mt[e.tone]} ${e.word}</td>
        <td>
          ${e.sentence} ${e.notes.map(r=>c`<div class="open">${r}</div>`)}
          ${e.scene===null?h:c`<button class="shows" aria-expanded=${s} @click=${()=>this.toggle(e.id)}>${s?"hide":"show"} ${ie(e.scene)}</button>`}
          ${e.tone==="good"?h:c`<div class="command dim">${e.command}</div>`}
        </td>
        <td class="numbers">${e.numbers}</td>
      </tr>
      ${s&&e.scene!==null?c`<tr class="scene"><td colspan="4">${ne(e.scene)}</td></tr>`:h}`}toggle(e){let s=new Set(this.open);s.delete(e)||s.add(e),this.open=s}filter(e){this.wanted=e.target.value}};S.styles=_`
    :host { display: block; max-width: 90rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.3rem; margin: 0 0 0.3rem; }
    h2 { font-size: 1.05rem; margin: 2rem 0 0.3rem; }
    p { margin: 0.3rem 0; }
    code, .command { font: 13px var(--mono); overflow-wrap: anywhere; }
    .dim { color: var(--dim); }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .open { color: var(--unknown); }
    .word { white-space: nowrap; font-weight: 600; }
    input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.25rem 0.6rem; width: min(24rem, 100%); box-sizing: border-box; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; table-layout: fixed; }
    col.what { width: 26%; }
    col.verdict { width: 8.5rem; }
    col.numbers { width: 20%; }
    caption { text-align: left; color: var(--dim); padding-bottom: 0.4rem; }
    td, th { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--faint); }
    th { font-weight: 600; }
    th[scope="row"] { font: 13px/1.6 var(--mono); overflow-wrap: anywhere; }
    td.numbers { color: var(--dim); font-size: 0.9em; }
    button.shows { font: inherit; color: var(--accent); background: none; border: 0; padding: 0; text-decoration: underline; cursor: pointer; }
    summary { cursor: pointer; margin: 0.5rem 0; }
    .scene > td { padding: 0.5rem 0 1.5rem; }
    @media (max-width: 40rem) {
      table, caption, tbody, tr, td, th { display: block; border: 0; padding: 0; }
      thead, colgroup { display: none; }
      tr { border-bottom: 1px solid var(--faint); padding: 0.4rem 0; }
    }
    @media print { input, button.shows { display: none; } }
  `,f([b({attribute:!1})],S.prototype,"report",2),f([W()],S.prototype,"open",2),f([W()],S.prototype,"wanted",2),S=f([A("c-report")],S);function re(i){return c`<details class="coverage"><summary>coverage: what exploring came to, and never did</summary>
    <div class="table"><table>
      <thead><tr><th scope="col">what</th><th scope="col">came about</th><th scope="col">under</th><th scope="col">never</th></tr></thead>
      <tbody>${i.map(t=>c`<tr>
        <th scope="row">${t.what}</th><td>${t.came}</td><td>${t.under}</td><td>${t.never.map(e=>c`<div class="open">${e}</div>`)}</td>
      </tr>`)}</tbody>
    </table></div>
  </details>`}function ie(i){return i.kind==="trace"?`the run of ${i.moves.length} ${i.moves.length===1?"move":"moves"}`:"the case"}function ne(i){return i.kind==="trace"?c`<c-trace .trace=${i}></c-trace>`:c`<c-drawn .drawn=${i}></c-drawn>`}var Nt=document.getElementById("report");if(Nt!==null){let i=document.createElement("c-report");i.report=JSON.parse(Nt.textContent??"null"),document.body.append(i)}})();
